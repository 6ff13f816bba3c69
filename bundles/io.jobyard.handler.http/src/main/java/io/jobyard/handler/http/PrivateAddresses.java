// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Tells public addresses from all others. */
final class PrivateAddresses {

    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");

    private PrivateAddresses() {}

    /** A range of {@code private}; throws {@link IllegalArgumentException}, whose message says what to write. */
    static AddressRange parse(String cidr) {
        AddressRange range = AddressRange.of(cidr);
        if (!AddressKind.isPrivate(range)) {
            throw new IllegalArgumentException(
                    "\"" + cidr + "\" is not within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16,"
                            + " 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, ::1/128, fc00::/7 or fe80::/10: only those may be"
                            + " allowed, and public addresses need not be");
        }
        return range;
    }

    /** Why an address may not be called, such as {@code 10.0.0.1 is a private address}; empty if it may. */
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
                .map(why -> text(address) + " carries an IPv4 address, and " + why)
                .or(() -> GLOBAL.contains(address) || CarriedAddresses.NAT64.contains(address)
                        ? Optional.empty()
                        : Optional.of(text(address) + " is no public address"));
    }

    static String text(InetAddress address) {
        return address.getHostAddress();
    }
}
