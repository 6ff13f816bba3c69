// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.front;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Stands at the root, as a console does. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)"
        })
public final class Front extends HttpServlet {

    /** What it says. */
    public static final String GREETING = "this is a console";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", "default-src 'self'");
        response.getOutputStream().print(GREETING);
    }
}
