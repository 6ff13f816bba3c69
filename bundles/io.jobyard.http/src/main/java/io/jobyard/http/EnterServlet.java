// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Opens the session of a one-time link, and redirects to the console. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern(WebPaths.ENTER)
public final class EnterServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SignIn signIn;

    @Activate
    public EnterServlet(@Reference(policyOption = ReferencePolicyOption.GREEDY) SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String secret = request.getParameter("once");
        Optional<SignedIn> session = secret == null ? Optional.empty() : signIn.enter(secret, request.getRemoteAddr());
        if (session.isPresent()) {
            SessionCookie.set(request, response, session.get().cookie());
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", WebPaths.ROOT);
        } else {
            PlainPage.send(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "This link was used or is older than a minute. For a new link, run jobyard console on the host's machine.");
        }
    }
}
