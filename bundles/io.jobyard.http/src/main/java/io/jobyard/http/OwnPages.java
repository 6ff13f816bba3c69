// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Check of whether a request comes from a page of this host, so that its cookie is accepted. Browsers send this header,
 * and pages cannot change it.
 */
final class OwnPages {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private OwnPages() {}

    static boolean sent(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (READING.contains(request.getMethod())) {
            return site == null || site.equals("same-origin") || site.equals("none");
        }
        return site == null ? OwnHosts.isOwnOrigin(request, request.getHeader("Origin")) : site.equals("same-origin");
    }

    /** Returns whether a page of another host sent the request. Programs other than browsers send no such header. */
    static boolean othersSent(HttpServletRequest request) {
        boolean tells = request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null;
        return tells && !sent(request);
    }
}
