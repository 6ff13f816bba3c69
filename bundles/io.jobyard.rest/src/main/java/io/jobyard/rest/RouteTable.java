// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that can be asked. */
final class RouteTable {

    static final List<Route> ALL = Stream.of(
                    SubmitRoutes.ALL,
                    JobRoutes.ALL,
                    JobChangeRoutes.ALL,
                    BulkRoutes.ALL,
                    QueueRoutes.ALL,
                    ScheduleRoutes.ALL,
                    HostRoutes.ALL,
                    UserRoutes.ALL,
                    SignInRoutes.ALL)
            .flatMap(List::stream)
            .toList();

    private RouteTable() {}

    /** A route, and what stands for the parts of its path in braces. */
    record FoundRoute(Route route, Map<String, String> parts) {}

    /** The route of a method, of several the one whose path has the most words; null if there is none for it. */
    static @Nullable FoundRoute find(String method, String path) {
        return matching(path).stream()
                .filter(found -> found.route().method().equals(method))
                .min(Comparator.comparingInt(found -> found.parts().size()))
                .orElse(null);
    }

    /** The methods that a path takes; none if there is no such path. */
    static Set<String> allowed(String path) {
        Set<String> methods = new TreeSet<>();
        matching(path).forEach(found -> methods.add(found.route().method()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    private static List<FoundRoute> matching(String path) {
        String[] parts = path.split("/", -1);
        List<FoundRoute> all = new ArrayList<>();
        for (Route route : ALL) {
            Map<String, String> matched = route.match(parts);
            if (matched != null) {
                all.add(new FoundRoute(route, matched));
            }
        }
        return all;
    }
}
