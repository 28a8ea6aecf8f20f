"""The map of imports: no room may be added without a place on it."""

from configparser import ConfigParser

from workshop.steps import ROOT


def test_every_file_of_both_packages_must_be_on_the_map() -> None:
    """Each package has an order of layers that a file missing from it breaks."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    orders = [contracts[name] for name in contracts.sections() if contracts[name].get("type") == "layers"]
    assert {order["containers"].strip() for order in orders} == {"engine", "webapp"}
    assert all(order.getboolean("exhaustive") for order in orders)
