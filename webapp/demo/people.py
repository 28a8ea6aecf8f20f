"""Who is in the demonstration. Nobody here has ever lived."""

from dataclasses import dataclass

from webapp.store.people import NewPerson


@dataclass(frozen=True, slots=True)
class Team:
    """A team and the people in it."""

    name: str
    people: tuple[NewPerson, ...]


@dataclass(frozen=True, slots=True)
class DemoChild:
    """A child; `age` in years and months, or `expected_in_days` for one not yet born."""

    reference: str
    given_name: str
    family_name: str
    age: tuple[int, int] | None = None
    expected_in_days: int | None = None
    disabled: bool = False
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A family, and the name of the person or team its children are allocated to."""

    name: str
    allocated_to: str
    children: tuple[DemoChild, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with its teams and families."""

    name: str
    teams: tuple[Team, ...]
    families: tuple[Family, ...]


NORTHSHIRE = Authority(
    "Northshire Council",
    teams=(
        Team(
            "Larkfield team",
            (
                NewPerson("Adaeze Finch", "social worker", "practitioner", "01632 960100"),
                NewPerson("Corin Ashby-Lowe", "social worker", "practitioner", "01632 960101"),
                NewPerson("Tom Brackley", "team manager", "manager", "01632 960102"),
            ),
        ),
        Team(
            "Saltmere team",
            (
                NewPerson("Nell Ottaway", "social worker", "practitioner", "01632 960103"),
                NewPerson("Jago Merrick-Vale", "team manager", "manager", "01632 960104"),
            ),
        ),
        Team(
            "Practice and performance",
            (
                NewPerson("Ines Marchbanks", "practice lead", "admin", "01632 960110"),
                NewPerson("Rowan Tideswell", "policy officer", "policy", "01632 960111"),
                NewPerson("Petra Oakenfull", "information governance officer", "auditor", "01632 960112"),
            ),
        ),
    ),
    families=(
        Family(
            "Tallowby family",
            "Adaeze Finch",
            (
                DemoChild("N-20418", "Wren", "Tallowby", (6, 10)),
                DemoChild("N-20419", "Ossie", "Tallowby", (3, 2)),
            ),
        ),
        Family(
            "Brindlecombe family",
            "Adaeze Finch",
            (
                DemoChild("N-19377", "Juno", "Brindlecombe", (11, 4)),
                DemoChild("N-20733", "Etta", "Brindlecombe", (0, 7)),
            ),
        ),
        Family(
            "Penhallow-Ode family",
            "Larkfield team",
            (DemoChild("N-18852", "Tobi", "Penhallow-Ode", (9, 1), disabled=True, interpreter=True),),
        ),
        Family(
            "Quayle-Marsh family",
            "Adaeze Finch",
            (DemoChild("N-20951", "Baby", "Quayle-Marsh", expected_in_days=51),),
        ),
        Family(
            "Garrowby family",
            "Nell Ottaway",
            (DemoChild("N-20120", "Linnet", "Garrowby", (8, 5)),),
        ),
    ),
)
SOUTHMERE = Authority(
    "Southmere Council",
    teams=(Team("Harbour team", (NewPerson("Bryony Castledine", "social worker", "practitioner", "01632 960105"),)),),
    families=(
        Family(
            "Hollowtree family",
            "Bryony Castledine",
            (DemoChild("S-00317", "Perran", "Hollowtree", (5, 9)),),
        ),
    ),
)
AUTHORITIES = (NORTHSHIRE, SOUTHMERE)
NEWCOMERS = (
    Team(
        "First contact team",
        (
            NewPerson("Padma Windlesham", "social worker", "practitioner", "01632 960120"),
            NewPerson("Gethin Larksey", "social worker", "practitioner", "01632 960121"),
            NewPerson("Orla Stonehewer", "senior social worker", "practitioner", "01632 960122"),
            NewPerson("Blythe Okonjo-Ward", "social worker", "practitioner", "01632 960123"),
            NewPerson("Constance Adeyemi-Holt", "team manager", "manager", "01632 960124"),
        ),
    ),
    Team(
        "Larkfield team",
        (
            NewPerson("Maren Oxlade", "social worker", "practitioner", "01632 960125"),
            NewPerson("Dev Thistlewood", "newly qualified social worker", "practitioner", "01632 960126"),
        ),
    ),
    Team(
        "Saltmere team",
        (
            NewPerson("Silvan Rookhope", "social worker", "practitioner", "01632 960127"),
            NewPerson("Hester Quillfeather", "senior social worker", "practitioner", "01632 960128"),
            NewPerson("Kofi Penhaligon-Reed", "family support worker", "practitioner", "01632 960129"),
        ),
    ),
)
"""Those of Northshire whom only the stories need, by team."""
ASKED = (
    Team("Quay team", (NewPerson("Merryn Polwithen", "social worker", "practitioner", "01632 960106"),)),
    Team(
        "Practice office",
        (
            NewPerson("Elowen Trescobeas", "policy officer", "policy", "01632 960107"),
            NewPerson("Jory Pascoe-Lunt", "governance officer", "auditor", "01632 960108"),
        ),
    ),
)
"""Those of Southmere whom only a trial of Northshire needs, which asks Southmere to take part."""
