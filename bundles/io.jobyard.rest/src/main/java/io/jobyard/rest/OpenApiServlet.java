// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.PayloadSchemas;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Returns the OpenAPI document, with the schemas of the current handlers. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=io.jobyard.rest.openapi",
            "osgi.http.whiteboard.servlet.pattern=/openapi.json",
            RestServlet.CONTEXT
        })
public final class OpenApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient RestHost host;

    @Activate
    public OpenApiServlet(@Reference RestHost host) {
        this.host = host;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        RestServlet.guarded(host, http, response, () -> {
            if (!RestServlet.reads(http, response)) {
                return;
            }
            Representation.chosen(http, response, List.of(Representation.JSON));
            StatusReporter status = host.status(RestRequest.caller(http));
            byte[] document = JsonWriter.compact(
                            OpenApiDocument.of(host.routes().all(), PayloadSchemas.of(status), version()))
                    .getBytes(StandardCharsets.UTF_8);
            response.setContentType(Representation.JSON);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(document.length);
            if (!http.getMethod().equals("HEAD")) {
                response.getOutputStream().write(document);
            }
        });
    }

    private static String version() {
        var bundle = FrameworkUtil.getBundle(OpenApiServlet.class);
        return bundle == null ? "0" : bundle.getVersion().toString();
    }
}
