// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Origin of a request, as precise as a single client controls it. */
final class RemoteOrigin {

    private static final int LONGEST = 100;
    private static final int NETWORK_BYTES = 8;
    private static final int ADDRESS_BYTES = 16;

    private RemoteOrigin() {}

    /** Returns the address. For IPv6 returns the network, because a client has billions of addresses in it. */
    static String of(String address) {
        String shown = shown(address);
        if (shown.indexOf(':') < 0) {
            return shown; // names are never looked up
        }
        try {
            InetAddress parsed = InetAddress.getByName(shown);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] network = Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES);
            return InetAddress.getByAddress(Arrays.copyOf(network, ADDRESS_BYTES))
                            .getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            return shown; // not an IP address: used unchanged
        }
    }

    /** Returns a short text for people, without invisible characters. */
    static String shown(String address) {
        String printable = address.replaceAll("\\p{C}", "?");
        return printable.substring(0, Math.min(printable.length(), LONGEST));
    }
}
