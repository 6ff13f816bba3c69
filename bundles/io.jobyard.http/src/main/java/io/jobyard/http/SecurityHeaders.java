// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Default security headers of every response. A page that needs more, for example the console, sets its own policy. */
final class SecurityHeaders extends Handler.Wrapper {

    private static final HttpField[] ALWAYS = {
        new PreEncodedHttpField(
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
        new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
        new PreEncodedHttpField("X-Frame-Options", "DENY"),
        new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
        new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
        new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
        new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
    };
    private static final HttpField STRICT = new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

    SecurityHeaders(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        put(response.getHeaders(), request.isSecure());
        return super.handle(request, response, callback);
    }

    static void put(HttpFields.Mutable headers, boolean isSecure) {
        for (HttpField field : ALWAYS) {
            headers.put(field);
        }
        if (isSecure) {
            headers.put(STRICT);
        }
    }
}
