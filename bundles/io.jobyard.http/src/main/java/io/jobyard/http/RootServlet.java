// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Page at the root unless a console with a higher ranking is installed, and the answer for unknown paths. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern("/")
@ServiceRanking(-1000)
public final class RootServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object caller = request.getAttribute(WebGuard.CALLER);
        PlainPage.send(
                response,
                HttpServletResponse.SC_OK,
                (caller == null
                                ? "This is Jobyard. You are not signed in: run jobyard console on the host's machine."
                                : "This is Jobyard. You are signed in as " + caller + ".")
                        + " The API is described in /openapi.json.");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getRequestURI().equals(WebPaths.ROOT)) {
            super.service(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND); // for every method
        }
    }
}
