// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of this host. A page of another site whose name resolves to this host is refused, because its browser sends
 * that name.
 */
final class OwnHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", canonical("[::1]"));

    private final Set<String> names;

    OwnHosts(WebSettings settings) {
        names = Stream.of(
                        LOOPBACK.stream(),
                        settings.hosts().stream(),
                        Stream.of(literal(settings.host().getHostAddress())))
                .flatMap(each -> each)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns whether the request names this host. The address that received the request is accepted, because it cannot
     * be the name of another site.
     */
    boolean isOwn(HttpServletRequest request) {
        String name = withoutPort(String.valueOf(request.getHeader("Host")));
        return names.contains(name) || name.equals(literal(request.getLocalAddr()));
    }

    /** Returns whether a page of this host sent the request: its origin matches the Host header. */
    static boolean isOwnOrigin(HttpServletRequest request, @Nullable String origin) {
        String host = String.valueOf(request.getHeader("Host"));
        return ("https://" + host).equalsIgnoreCase(origin)
                || !request.isSecure() && ("http://" + host).equalsIgnoreCase(origin);
    }

    private static String withoutPort(String host) {
        return canonical(host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}\\z", ""));
    }

    private static String literal(String address) {
        return canonical(address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address);
    }

    /** Returns one canonical form of an IPv6 address. Text in brackets is never looked up. */
    private static String canonical(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        try {
            return "[" + InetAddress.getByName(host).getHostAddress() + "]";
        } catch (UnknownHostException e) {
            return host; // not an address, so never this host
        }
    }
}
