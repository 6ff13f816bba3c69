// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.identity.SignIn;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Ends the session of the request's cookie. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern(WebPaths.SIGN_OUT)
public final class SignOutServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SignIn signIn;

    @Activate
    public SignOutServlet(@Reference(policyOption = ReferencePolicyOption.GREEDY) SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.of(request).ifPresent(signIn::signOut);
        SessionCookie.clear(request, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
