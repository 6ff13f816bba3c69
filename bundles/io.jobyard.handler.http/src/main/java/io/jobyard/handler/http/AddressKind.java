// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of addresses outside the public internet. */
enum AddressKind {
    METADATA(
            "the metadata service of a cloud",
            false,
            "169.254.169.254/32",
            "169.254.169.253/32",
            "169.254.170.2/32",
            "169.254.170.23/32",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "fd00:ec2::/32",
            "fd20:ce::254/128"),
    LOOPBACK("a loopback address", true, "127.0.0.0/8", "::1/128"),
    PRIVATE("a private address", true, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    SHARED("a shared carrier address", true, "100.64.0.0/10"),
    LINK_LOCAL("a link-local address", true, "169.254.0.0/16", "fe80::/10"),
    UNIQUE_LOCAL("a unique local address", true, "fc00::/7"),
    UNSPECIFIED("an unspecified address", false, "0.0.0.0/8", "::/128"),
    BROADCAST("the broadcast address", false, "255.255.255.255/32"),
    MULTICAST("a multicast address", false, "224.0.0.0/4", "ff00::/8"),
    DOCUMENTATION(
            "a documentation address",
            false,
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001:db8::/32",
            "3fff::/20"),
    BENCHMARK("a benchmark address", false, "198.18.0.0/15", "2001:2::/48"),
    RESERVED(
            "a reserved address",
            false,
            "192.0.0.0/24",
            "192.88.99.0/24",
            "240.0.0.0/4",
            "2001:10::/28",
            "2001:20::/28");

    /** The kind's name in messages. */
    final String words;

    private final boolean isPrivate;
    private final AddressRange[] ranges;

    AddressKind(String words, boolean isPrivate, String... cidrs) {
        this.words = words;
        this.isPrivate = isPrivate;
        this.ranges = Arrays.stream(cidrs).map(AddressRange::of).toArray(AddressRange[]::new);
    }

    /** Returns the first kind that matches. Kinds that are never allowed precede the ranges that contain them. */
    static Optional<AddressKind> of(InetAddress address) {
        return Arrays.stream(values())
                .filter(kind -> Arrays.stream(kind.ranges).anyMatch(range -> range.contains(address)))
                .findFirst();
    }

    /** Returns whether an administrator may allow addresses of this kind. */
    boolean isPrivate() {
        return isPrivate;
    }

    /** Returns whether an administrator may allow all addresses of a range. */
    static boolean isPrivate(AddressRange asked) {
        return Arrays.stream(values())
                .filter(kind -> Arrays.stream(kind.ranges).anyMatch(range -> range.contains(asked)))
                .findFirst()
                .filter(AddressKind::isPrivate)
                .isPresent();
    }
}
