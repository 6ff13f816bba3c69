// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.door;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** Sings when it is reached, and says how often it was. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/canary/*",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)"
        })
public final class Canary extends HttpServlet {

    /** What stands in each of its answers. */
    public static final String SONG = "the canary sings";

    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger reached = new AtomicInteger();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int bytes = request.getInputStream().readAllBytes().length;
        boolean isAsked = request.getRequestURI().equals("/canary/count");
        int count = isAsked ? reached.get() : reached.incrementAndGet();
        response.setContentType("text/plain");
        response.getOutputStream()
                .write((SONG + " for " + request.getAttribute("io.jobyard.spi.access.Caller") + ", " + bytes
                                + " bytes, count " + count + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
