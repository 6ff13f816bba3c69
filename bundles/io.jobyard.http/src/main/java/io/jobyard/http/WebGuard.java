// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.identity.Credential;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import io.jobyard.spi.identity.StreamPermit;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Filter in front of all servlets. Only identified callers pass, except on a few public paths. The caller is in the
 * request attribute {@value #CALLER}, the session in {@value #SESSION}, and the credentials in another attribute. If
 * the signed-in user may act for others, the caller is the user named in {@value #AS}.
 */
final class WebGuard implements Filter {

    static final String CALLER = "io.jobyard.spi.access.Caller";
    /** The user that the caller acts as. */
    static final String AS = "Jobyard-As";

    static final String SESSION = "io.jobyard.spi.identity.SignedIn.id";

    private static final String BEARER = "bearer ";
    private static final String BAD_PATH = "invalid path; write it without // ; \\ . .. and their codes";
    private static final String BAD_CODING = "invalid Transfer-Encoding; send only chunked, or a Content-Length";
    private static final String WRONG_HOST =
            "unknown host name; use localhost, or add the name to allowed.hosts in etc/" + WebSettings.PID + ".cfg";
    private static final String UNAVAILABLE =
            "the store is not open: the host is starting, or its database is unavailable; try again, and see /readyz and the host's log";
    private static final String UNSIGNED =
            "not signed in; send Authorization: Bearer TOKEN, or sign in with jobyard console";
    private static final String FOREIGN =
            "a session is not accepted from a page of another site; use the console or a token";

    private static final String FOREIGN_AGENT =
            "requests from pages of other sites are not allowed; send no Origin, or the Origin of this host";

    private final OwnHosts hosts;
    private final Supplier<@Nullable SignIn> signIns;
    private final Supplier<@Nullable Access> access;
    private final Clock clock;
    private final StreamCounts streams;

    WebGuard(
            OwnHosts hosts,
            Supplier<@Nullable SignIn> signIns,
            Supplier<@Nullable Access> access,
            Clock clock,
            StreamCounts streams) {
        this.hosts = hosts;
        this.signIns = signIns;
        this.access = access;
        this.clock = clock;
        this.streams = streams;
    }

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answer, FilterChain next)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = (HttpServletResponse) answer;
        try {
            if (lets(request, response)) {
                next.doFilter(request, response);
            }
        } catch (JobyardException e) {
            ProblemAnswer.send(response, e, clock);
        }
    }

    private boolean lets(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        String origin = request.getHeader("Origin");
        if (!WebPaths.isGood(path)) {
            return refuse(response, ErrorCode.MALFORMED_REQUEST, BAD_PATH);
        } else if (!isPlainlyCoded(request)) {
            response.setHeader("Connection", "close"); // programs could disagree about the end of the body
            return refuse(response, ErrorCode.MALFORMED_REQUEST, BAD_CODING);
        } else if (!hosts.isOwn(request)) {
            return refuse(response, ErrorCode.WRONG_HOST, WRONG_HOST);
        } else if (path.equals(WebPaths.MCP) && origin != null && !OwnHosts.isOwnOrigin(request, origin)) {
            return refuse(response, ErrorCode.FOREIGN_ORIGIN, FOREIGN_AGENT);
        }
        return knows(path, request, response) && takes(path, request.getMethod(), response);
    }

    private static boolean takes(String path, String method, HttpServletResponse response) throws IOException {
        List<String> methods = WebPaths.methods(path);
        if (WebPaths.tellsMethods(path) || methods.contains(method)) {
            return true;
        }
        String allow = String.join(", ", methods);
        response.setHeader("Allow", allow);
        return refuse(response, ErrorCode.METHOD_NOT_ALLOWED, "method not allowed; use " + allow);
    }

    /** Returns whether the body's length is unambiguous. Refuses encodings that a proxy could read differently. */
    private static boolean isPlainlyCoded(HttpServletRequest request) {
        List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
        return codings.isEmpty()
                || codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private boolean knows(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn signIn = signIns.get();
        Access rights = access.get();
        if (signIn == null || rights == null) {
            return !WebPaths.needsSignIn(path) || unavailable(response);
        }
        boolean isForEverybody = WebPaths.isPublic(path);
        if (isForEverybody && !WebPaths.tellsCaller(path)) {
            return true;
        }
        String credentials = credentials(path, request, signIn);
        Optional<String> cookie = credentials == null ? SessionCookie.of(request) : Optional.empty();
        boolean isForeign = cookie.isPresent() && !OwnPages.sent(request);
        Optional<SignedIn> session = cookie.filter(any -> !isForeign).flatMap(signIn::session);
        session.ifPresent(known -> request.setAttribute(SESSION, known.id()));
        Optional<Caller> own =
                credentials != null ? token(credentials, request, signIn) : session.map(SignedIn::caller);
        Optional<Caller> caller = own.map(known -> speaking(known, request.getHeader(AS), rights));
        caller.ifPresent(known -> {
            Credential shown = credentials != null
                    ? () -> signIn.isGood(bearer(credentials))
                    : () -> cookie.flatMap(signIn::session).isPresent();
            request.setAttribute(CALLER, known);
            request.setAttribute(Credential.class.getName(), shown);
            String proof = credentials != null ? "token " + bearer(credentials) : "session " + cookie.orElse("");
            request.setAttribute(StreamPermit.class.getName(), permit(request, List.of("user " + known.name(), proof)));
        });
        if (caller.isPresent() || isForEverybody) {
            return true;
        } else if (isForeign) {
            return refuse(response, ErrorCode.FOREIGN_ORIGIN, FOREIGN);
        }
        response.setHeader("WWW-Authenticate", "Bearer");
        return refuse(response, ErrorCode.UNAUTHENTICATED, UNSIGNED);
    }

    private StreamPermit permit(HttpServletRequest request, List<String> owners) {
        return () -> {
            Runnable counted = streams.take(owners);
            Runnable uncounted = request.getAttribute(ConnectionLimit.UNCOUNTED) instanceof Supplier<?> taken
                            && taken.get() instanceof Runnable back
                    ? back
                    : () -> {};
            AtomicBoolean isOpen = new AtomicBoolean(true);
            return () -> {
                if (isOpen.getAndSet(false)) {
                    counted.run();
                    uncounted.run();
                }
            };
        };
    }

    private static boolean unavailable(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", ProblemErrors.SOON);
        return refuse(response, ErrorCode.UNAVAILABLE, UNAVAILABLE);
    }

    /**
     * Returns the credentials. Credentials sent to a callback may be for other systems, so they do not count as a
     * failed attempt.
     */
    private static @Nullable String credentials(String path, HttpServletRequest request, SignIn signIn) {
        String credentials = request.getHeader("Authorization");
        boolean isForOthers = credentials != null && WebPaths.isCallback(path) && !signIn.isGood(bearer(credentials));
        return isForOthers ? null : credentials;
    }

    private static Caller speaking(Caller own, @Nullable String user, Access rights) {
        if (user == null) {
            return own;
        }
        rights.require(own, AccessRule.IMPERSONATE);
        return own.as(user);
    }

    private static boolean refuse(HttpServletResponse response, ErrorCode code, String message) throws IOException {
        ProblemAnswer.send(response, code, message);
        return false;
    }

    private static Optional<Caller> token(String credentials, HttpServletRequest request, SignIn signIn) {
        String token = bearer(credentials);
        return token.isEmpty() ? Optional.empty() : signIn.token(token, request.getRemoteAddr());
    }

    /** Returns the bearer token; empty for other kinds of credentials. */
    private static String bearer(String credentials) {
        boolean isBearer = credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? credentials.substring(BEARER.length()).strip() : "";
    }
}
