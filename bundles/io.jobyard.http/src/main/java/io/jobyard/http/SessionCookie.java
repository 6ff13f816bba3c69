// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cookie of a session. Browsers share cookies between the ports of a host, so the name contains the port: two Jobyard hosts on one
 * machine keep separate sessions. With TLS, the name makes browsers accept the cookie only from this exact host.
 */
final class SessionCookie {

    private static final String NAME = "jobyard_session_";
    private static final String SECURE_NAME = "__Host-" + NAME;
    private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** Returns the session; empty unless there is exactly one cookie, because a page of another host may have set one. */
    static Optional<String> of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = name(request);
        String[] found = Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toArray(String[]::new);
        return found.length == 1 && !found[0].isEmpty() ? Optional.of(found[0]) : Optional.empty();
    }

    static void set(HttpServletRequest request, HttpServletResponse response, String secret) {
        response.addHeader("Set-Cookie", name(request) + "=" + secret + rules(request));
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", name(request) + "=; Max-Age=0" + rules(request));
    }

    private static String name(HttpServletRequest request) {
        return (isSecure(request) ? SECURE_NAME : NAME) + request.getServerPort();
    }

    private static String rules(HttpServletRequest request) {
        return isSecure(request) ? RULES + "; Secure" : RULES;
    }

    /**
     * Returns whether the request is secure, including through a TLS proxy. A forged header harms only the sender's own
     * cookie.
     */
    private static boolean isSecure(HttpServletRequest request) {
        return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}
