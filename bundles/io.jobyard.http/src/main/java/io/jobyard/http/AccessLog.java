// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.text.VisibleText;
import java.util.Objects;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log of requests, one line each: address, user, method, path without its query and without callback tokens, status, bytes, milliseconds.
 */
final class AccessLog implements RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.jobyard.http.access");

    @Override
    public void log(Request request, Response response) {
        Object caller = request.getAttribute(WebGuard.CALLER);
        LOG.info(
                "{} {} {} {} {} {} {}",
                Request.getRemoteAddr(request),
                caller instanceof Caller known
                        ? VisibleText.line(known.inHistory()).replace(' ', '_')
                        : "-",
                VisibleText.line(String.valueOf(request.getMethod())),
                VisibleText.line(CallbackToken.masked(path(request.getHttpURI()))),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                NanoTime.millisSince(request.getHeadersNanoTime()));
    }

    /** Returns the decoded path, so that a token is found in every encoding; if decoding fails, the path as received. */
    private static String path(HttpURI uri) {
        return Objects.requireNonNullElseGet(uri.getDecodedPath(), () -> String.valueOf(uri.getPath()));
    }
}
