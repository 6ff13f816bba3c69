// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobyardException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import io.jobyard.views.api.JsonReader;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Opens a session for a name and a password, as JSON or as a form. The cookie is always new. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern(WebPaths.SIGN_IN)
public final class SignInServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 8192;
    private static final List<String> KEYS = List.of("user", "password");

    private final transient SignIn signIn;
    private final transient Clock clock;

    @Activate
    public SignInServlet(
            @Reference(policyOption = ReferencePolicyOption.GREEDY) SignIn signIn, @Reference Clock clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (OwnPages.othersSent(request)) {
            ProblemAnswer.send(
                    response,
                    ErrorCode.FOREIGN_ORIGIN,
                    "signing in from a page of another site is not allowed; use the console");
            return;
        }
        try {
            Map<String, ?> given = given(request);
            char[] password = String.valueOf(given.get("password")).toCharArray();
            SignedIn session = signIn.password(String.valueOf(given.get("user")), password, request.getRemoteAddr());
            Arrays.fill(password, '\0');
            SessionCookie.set(request, response, session.cookie());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (AccessException e) {
            ProblemAnswer.send(response, ErrorCode.UNAUTHENTICATED, String.valueOf(e.getMessage()));
        } catch (JobyardException e) {
            ProblemAnswer.send(response, e, clock);
        }
    }

    private static Map<String, ?> given(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (body.length > LONGEST) {
            throw new ValidationException("the body is too large; send only a user and a password");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        Map<String, ?> given;
        if (type.startsWith("application/json")) {
            given = JsonReader.object("the body", text);
        } else if (type.startsWith("application/x-www-form-urlencoded")) {
            given = form(text);
        } else {
            throw new ValidationException("invalid media type of the body; send application/json, or a form");
        }
        if (!KEYS.stream().allMatch(key -> given.get(key) instanceof String)) {
            throw new ValidationException("missing user or password; send {\"user\": \"ann\", \"password\": \"...\"}");
        }
        return given;
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && form.put(decoded(parts[0]), decoded(parts[1])) != null) {
                throw new ValidationException("duplicate field; send each field once");
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ValidationException("invalid encoding of the form; send application/json");
        }
    }
}
