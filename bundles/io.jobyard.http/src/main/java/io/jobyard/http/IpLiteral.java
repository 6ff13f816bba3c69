// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parser of literal IP addresses. It never looks up a name. */
final class IpLiteral {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private IpLiteral() {}

    /** Parses a literal; null if the text is not an address. */
    static @Nullable InetAddress of(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Parses an address with or without a port. With a port, IPv6 must be in brackets. */
    static @Nullable InetAddress withoutPort(String text) {
        if (text.startsWith("[")) {
            return of(text.replaceFirst("\\A\\[([^\\]]*)\\](:[0-9]{1,5})?\\z", "$1"));
        }
        return of(text.replaceFirst("\\A([0-9.]+):[0-9]{1,5}\\z", "$1"));
    }
}
