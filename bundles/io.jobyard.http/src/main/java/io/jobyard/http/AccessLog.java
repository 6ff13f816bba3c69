// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.VisibleText;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line of the log for each request: address, user, method, path without its query, status, bytes, milliseconds. */
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
                VisibleText.line(String.valueOf(request.getHttpURI().getPath())),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                NanoTime.millisSince(request.getHeadersNanoTime()));
    }
}
