// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request comes from, as far as one person has it alone. */
final class RemoteOrigin {

    private static final int LONGEST = 100;
    private static final int NETWORK_BYTES = 8;
    private static final int ADDRESS_BYTES = 16;

    private RemoteOrigin() {}

    /** The address; of IPv6 the network, of whose addresses everybody has billions. */
    static String of(String address) {
        String shown = shown(address);
        if (shown.indexOf(':') < 0) {
            return shown; // a name is never looked up
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
            return shown; // not an IP address, so counted as it is
        }
    }

    /** Returns a short text for people, without invisible characters. */
    static String shown(String address) {
        String printable = address.replaceAll("\\p{C}", "?");
        return printable.substring(0, Math.min(printable.length(), LONGEST));
    }
}
