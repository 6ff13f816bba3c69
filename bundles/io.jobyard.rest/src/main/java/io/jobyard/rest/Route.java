// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.rest.RequestGuard.Repeats;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.View;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked: a line of the table by which requests are answered and of which the OpenAPI document is made.
 *
 * @param method of HTTP
 * @param path below {@code /api/v1}; a part in braces stands for any one
 * @param name what clients that are generated call it
 * @param tag what it is about
 * @param summary what it does, in a sentence
 * @param parameters what its query may have
 * @param body what its body must be; null if it has none
 * @param answers what it answers, by status
 * @param streams whether it also answers as a stream of events, for those who accept one
 * @param needs what it is to the roles; nothing if it takes no permission
 * @param guard what it makes of the headers by which a client guards a request
 * @param action answers
 */
record Route(
        String method,
        String path,
        String name,
        String tag,
        String summary,
        List<QueryParameter> parameters,
        @Nullable RequestBody body,
        Map<Integer, View<?>> answers,
        boolean streams,
        List<AccessRule> needs,
        RequestGuard guard,
        Action action) {

    /** Answers a request. */
    @FunctionalInterface
    interface Action {
        Reply answer(RestRequest request) throws IOException;
    }

    static Route get(String path, String name) {
        return of("GET", path, name);
    }

    static Route post(String path, String name) {
        return of("POST", path, name);
    }

    static Route of(String method, String path, String name) {
        String tag = path.split("/")[1];
        Action none = request -> {
            throw new IllegalStateException(request.route().name() + " has no action");
        };
        RequestGuard guard = method.equals("GET") ? RequestGuard.READS : RequestGuard.CHANGES;
        return new Route(method, path, name, tag, "", List.of(), null, Map.of(), false, List.of(), guard, none);
    }

    Route says(String sentence) {
        return new Route(method, path, name, tag, sentence, parameters, body, answers, streams, needs, guard, action);
    }

    Route may(QueryParameter... more) {
        return may(List.of(more));
    }

    Route may(List<QueryParameter> more) {
        List<QueryParameter> all =
                Stream.concat(parameters.stream(), more.stream()).toList();
        return new Route(method, path, name, tag, summary, all, body, answers, streams, needs, guard, action);
    }

    Route takes(RequestBody object) {
        return new Route(method, path, name, tag, summary, parameters, object, answers, streams, needs, guard, action);
    }

    /** Adds a status of success. All of them have the same view: a generated client returns one type for each operation. */
    Route answers(int status, View<?> view) {
        if (answers.values().stream().anyMatch(other -> other != view)) {
            throw new IllegalArgumentException(
                    name + " answers in two shapes, of which generated clients know one; make two routes of it");
        }
        Map<Integer, View<?>> all = new LinkedHashMap<>(answers);
        all.put(status, view);
        return new Route(method, path, name, tag, summary, parameters, body, all, streams, needs, guard, action);
    }

    /** Answers as a stream of events too. */
    Route streamed() {
        return new Route(method, path, name, tag, summary, parameters, body, answers, true, needs, guard, action);
    }

    /** The media types of its answers, the preferred one first. */
    List<String> offers() {
        return streams ? List.of(Representation.JSON, Representation.EVENTS) : List.of(Representation.JSON);
    }

    Route needs(AccessRule... operations) {
        return new Route(
                method,
                path,
                name,
                tag,
                summary,
                parameters,
                body,
                answers,
                streams,
                List.of(operations),
                guard,
                action);
    }

    Route guarded(RequestGuard other) {
        return new Route(method, path, name, tag, summary, parameters, body, answers, streams, needs, other, action);
    }

    /** Refuses keys of requests. */
    Route notOnce(String instead) {
        return guarded(new RequestGuard(Repeats.REFUSED, instead, guard.matches()));
    }

    /** Stores the key of a request with its jobs. */
    Route onceWithJobs() {
        return guarded(new RequestGuard(Repeats.STORED_WITH_JOBS, "", guard.matches()));
    }

    /** Takes the job as it was read, and does nothing to another one. */
    Route matching() {
        return guarded(new RequestGuard(guard.repeats(), guard.instead(), true));
    }

    Route by(Action how) {
        return new Route(method, path, name, tag, summary, parameters, body, answers, streams, needs, guard, how);
    }

    /** Whether what its path has is all that it takes, so that nobody need be signed in. */
    boolean isForEverybody() {
        return path.startsWith("/callbacks/");
    }

    /** The parts in braces with what stands for them; null if it is another path. */
    @Nullable
    Map<String, String> match(String[] parts) {
        String[] own = path.split("/", -1);
        if (own.length != parts.length) {
            return null;
        }
        Map<String, String> matched = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            if (own[i].startsWith("{") && !parts[i].isEmpty()) {
                matched.put(own[i].substring(1, own[i].length() - 1), parts[i]);
            } else if (!own[i].equals(parts[i])) {
                return null;
            }
        }
        return matched;
    }
}
