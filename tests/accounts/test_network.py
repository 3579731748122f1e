import pytest
from hypothesis import given
from hypothesis import strategies as st

from pliego.accounts.network import fingerprint, half_of, network_of, shown


@pytest.mark.parametrize(
    ("address", "network", "said"),
    [
        ("173.178.12.34", "173.178", "173.178.x.x"),
        ("::ffff:173.178.12.34", "173.178", "173.178.x.x"),
        ("2001:db8:1:2::3", "2001:db8", "2001:db8::/32"),
        ("2001::1", "2001:0", "2001:0::/32"),
        ("127.0.0.1", "", ""),
        ("::1", "", ""),
        ("::ffff:127.0.0.1", "", ""),
        ("", "", ""),
        ("not an address", "", ""),
        ("1.2.3.4, 5.6.7.8", "", ""),
        ("1.2.3.4:5678", "", ""),
    ],
)
def test_the_half_that_is_kept(address: str, network: str, said: str) -> None:
    assert network_of(address) == network
    assert shown(network) == said


@given(st.ip_addresses(v=4))
def test_the_host_s_half_of_an_ipv4_address_is_never_kept(address: object) -> None:
    assert network_of(str(address)).count(".") in {0, 1}


@given(st.ip_addresses(v=6))
def test_an_ipv6_network_fits_its_column(address: object) -> None:
    assert len(network_of(str(address))) <= 16


@given(st.text())
def test_anything_may_be_claimed(address: str) -> None:
    assert isinstance(network_of(address), str)


@pytest.mark.parametrize(
    ("address", "half"), [("192.0.2.1", "192.0.0.0"), ("2001:db8:7::1", "2001:db8::"), ("no address", "0.0.0.0")]
)
def test_an_address_without_its_host(address: str, half: str) -> None:
    assert half_of(address) == half


def test_a_fingerprint_tells_networks_and_purposes_apart() -> None:
    prints = {
        fingerprint(address, "a")
        for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1", "2001:db8:0:100::1", "x")
    }
    assert len(prints) == 5
    assert fingerprint("2001:db8:0:ff::1", "a") == fingerprint("2001:db8:0:1::1", "a")
    assert fingerprint("::ffff:192.0.2.1", "a") == fingerprint("192.0.2.1", "a")
    assert fingerprint("192.0.2.1", "a") != fingerprint("192.0.2.1", "b")
