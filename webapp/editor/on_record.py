"""What others have published about the length of forms: nothing that Pith works out, each with where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A statement in our words, and the source that anybody can look up."""

    words: str
    source: str


_RECORDS = (
    "Core Assessment Record, Framework for the Assessment of Children in Need and their Families: page numbers and "
    "contents of the copies at socialnidocs.tripod.com"
)

ON_RECORD = (
    OnRecord(
        "England’s core assessment records had 32 pages for a child up to two and 36 for a child of five to nine. "
        "That for ten to fourteen is numbered to 40, with contents that end on page 36.",
        f"{_RECORDS} (core0to2.htm, core5to9.htm, core10t014.htm).",
    ),
    OnRecord(
        "In the record for five to nine, analysis had one page of 36: page 30. The child’s developmental needs had "
        "fourteen, from page 8 to page 21.",
        f"{_RECORDS} (core5to9.htm).",
    ),
    OnRecord(
        "A worker told researchers that a placement record which used to take half an hour now took a whole day.",
        "Holmes and others for the Department for Children, Schools and Families, report DCSF-RR087, May 2009, "
        "as told on careappointments.com; the report itself was not opened.",
    ),
    OnRecord(
        "Lord Laming found practice and judgement compromised by a recording system that was too complicated, "
        "too long and made of tick boxes.",
        "Community Care, 16 March 2009, on his progress report on the protection of children in England.",
    ),
    OnRecord(
        "Ten forms of a later system, for adults in Hackney, have between 41 and 226 fields each; half of "
        "them have more than 125.",
        "Counted in config/forms/forms.json of LBHackney-IT/lbh-core-pathway-pilot on github.com.",
    ),
)
