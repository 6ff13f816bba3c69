// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Check of whether an address is public. */
final class PrivateAddresses {

    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");

    private PrivateAddresses() {}

    /**
     * Parses a range of {@code private}. Throws {@link IllegalArgumentException} with a message that lists the valid
     * ranges.
     */
    static AddressRange parse(String cidr) {
        AddressRange range = AddressRange.of(cidr);
        if (!AddressKind.isPrivate(range)) {
            throw new IllegalArgumentException(
                    "invalid range \"" + cidr + "\": it is not within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16,"
                            + " 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, ::1/128, fc00::/7 or fe80::/10; only these ranges can be"
                            + " allowed, and public addresses need no entry");
        }
        return range;
    }

    /**
     * Returns the reason why an address is not allowed, for example {@code 10.0.0.1 is a private address}; empty if it
     * is allowed.
     */
    static Optional<String> refusal(InetAddress address, List<AddressRange> allowed) {
        Optional<AddressKind> kind = AddressKind.of(address);
        if (kind.isPresent()) {
            boolean isAllowed = kind.get().isPrivate() && allowed.stream().anyMatch(range -> range.contains(address));
            return isAllowed ? Optional.empty() : Optional.of(text(address) + " is " + kind.get().words);
        } else if (address instanceof Inet4Address) {
            return Optional.empty();
        }
        return CarriedAddresses.in(address).stream()
                .flatMap(each -> refusal(each, List.of()).stream())
                .findFirst()
                .map(why -> text(address) + " contains an IPv4 address, and " + why)
                .or(() -> GLOBAL.contains(address) || CarriedAddresses.NAT64.contains(address)
                        ? Optional.empty()
                        : Optional.of(text(address) + " is not a public address"));
    }

    static String text(InetAddress address) {
        return address.getHostAddress();
    }
}
