// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses embedded in an IPv6 address, to which a packet for that address may be delivered. */
final class CarriedAddresses {

    /** The prefix through which an IPv6-only network reaches IPv4 addresses. */
    static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

    private static final AddressRange COMPATIBLE = AddressRange.of("::/96");
    private static final AddressRange TEREDO = AddressRange.of("2001::/32");
    private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");
    private static final int LAST = 12;

    private CarriedAddresses() {}

    static List<InetAddress> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        List<InetAddress> carried = new ArrayList<>();
        if (COMPATIBLE.contains(address) || NAT64.contains(address) || isIsatap(bytes)) {
            carried.add(ipv4(bytes, LAST, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            carried.add(ipv4(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            carried.add(ipv4(bytes, 4, 0)); // the server's address
            carried.add(ipv4(bytes, LAST, 0xff)); // the client's address, stored inverted
        }
        return carried;
    }

    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    private static InetAddress ipv4(byte[] bytes, int from, int mask) {
        byte[] address = Arrays.copyOfRange(bytes, from, from + 4);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= (byte) mask;
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
