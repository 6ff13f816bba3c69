// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.Locale;
import java.util.regex.Pattern;

/** Host names in a form that all programs read in the same way. */
public final class HostName {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final int LONGEST = 253;

    private HostName() {}

    /**
     * Returns a host in lower case.
     *
     * @param host name, IPv4 address, or IPv6 address in brackets
     * @return host in lower case
     * @throws IllegalArgumentException if the host has another form; the message contains the problem
     */
    public static String check(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (IPV6.matcher(lower).matches()) {
            return lower;
        } else if (lower.endsWith(".")) {
            throw new IllegalArgumentException("remove the dot at the end of its host");
        } else if (lower.length() > LONGEST || !NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "its host is invalid: use a name of the letters a to z, digits, - and dots"
                            + " (xn--… for other letters), an IPv4 address, or an IPv6 address in brackets");
        } else if (NUMBER.matcher(lower).matches() && !IPV4.matcher(lower).matches()) {
            throw new IllegalArgumentException("its host is a number: write an IPv4 address as four decimal numbers");
        }
        return lower;
    }

    /**
     * Returns whether a host is an address.
     *
     * @param host a result of {@link #check}, or a literal
     */
    public static boolean isAddress(String host) {
        return host.startsWith("[") || IPV4.matcher(host).matches();
    }
}
