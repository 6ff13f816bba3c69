// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.AccessException;
import io.jobyard.spi.MetricsText;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Servlet of the metrics, for callers with permission to see the host's numbers. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern(WebPaths.METRICS)
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient MetricsText metrics;
    private final transient Access access;
    private final transient Clock clock;

    @Activate
    public MetricsServlet(@Reference MetricsText metrics, @Reference Access access, @Reference Clock clock) {
        this.metrics = metrics;
        this.access = access;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            access.require((Caller) request.getAttribute(WebGuard.CALLER), AccessRule.OVERVIEW);
        } catch (AccessException e) {
            ProblemAnswer.send(response, e, clock);
            return;
        }
        byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
        response.setContentType(metrics.mediaType());
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
