// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which paths are good, and which of them need nobody to be signed in. */
final class WebPaths {

    static final String ENTER = "/enter";
    static final String SIGN_IN = "/sign-in";
    static final String SIGN_OUT = "/sign-out";
    static final String LIVE = "/livez";
    static final String READY = "/readyz";
    static final String METRICS = "/metrics";
    static final String ROOT = "/";
    static final String CONSOLE = "/console";

    private static final String API = "/api/v1";

    /** Behind it stands a token that is all that an answer takes. */
    private static final String CALLBACKS = API + "/callbacks/";

    static final String MCP = "/mcp";

    private static final String OPEN_API = "/openapi.json";
    private static final Set<String> STREAMS = Set.of("/events", "/live");

    private static final List<String> READ = List.of("GET", "HEAD");
    private static final List<String> SENT = List.of("POST");
    private static final Map<String, List<String>> METHODS = Map.of(
            ROOT, READ, CONSOLE, READ, ENTER, READ, LIVE, READ, READY, READ, METRICS, READ, //
            SIGN_IN, SENT, SIGN_OUT, SENT, MCP, SENT);
    /** What a servlet of another bundle may be asked; without those that tell how a request arrives. */
    private static final List<String> ANY_METHOD = List.of("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT");

    private static final Set<String> PUBLIC = Set.of(ROOT, CONSOLE, ENTER, SIGN_IN, LIVE, READY);

    /** What one program takes for a way to one place, and another for a way to a second. */
    private static final Pattern TRICKS =
            Pattern.compile("//|[;\\\\\\p{Cntrl}]|%2[ef]|%5c|%3b|%0|%1|%7f|%25|%u|/\\.{1,2}(/|$)|[^\\x21-\\x7e]");

    private WebPaths() {}

    /** Whether something asks there how the host is: it is answered also when nobody else is. */
    static boolean isHealth(String raw) {
        return raw.equals(LIVE) || raw.equals(READY);
    }

    static boolean isGood(String raw) {
        return raw.startsWith("/")
                && !TRICKS.matcher(raw.toLowerCase(Locale.ROOT)).find();
    }

    static boolean isPublic(String good) {
        return PUBLIC.contains(good) || good.startsWith(CONSOLE + "/") || isCallback(good);
    }

    static boolean isCallback(String good) {
        return good.startsWith(CALLBACKS);
    }

    /** Whether it is told who is signed in, also where nobody needs to be. */
    static boolean tellsCaller(String good) {
        return good.equals(ROOT) || isCallback(good);
    }

    /** Whether what answers there tells which methods it takes, and refuses all others itself. */
    static boolean tellsMethods(String good) {
        return good.startsWith(API + "/") || good.equals(API) || STREAMS.contains(good) || good.equals(OPEN_API);
    }

    /** The methods that are let through to what answers there, unless it tells them itself. */
    static List<String> methods(String good) {
        return good.startsWith(CONSOLE + "/") ? READ : METHODS.getOrDefault(good, ANY_METHOD);
    }

    /** Whether what answers there is a stream of events, whatever the request accepts. */
    static boolean isStream(String raw) {
        return STREAMS.contains(raw);
    }

    /** Whether nobody can answer there while no sign-in is. */
    static boolean needsSignIn(String good) {
        return good.equals(ENTER) || good.equals(SIGN_IN) || good.equals(ROOT) || !isPublic(good);
    }
}
