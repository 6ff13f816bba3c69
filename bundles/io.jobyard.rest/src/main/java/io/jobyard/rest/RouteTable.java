// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Operation;
import io.jobyard.spi.text.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Routes of all operations.
 *
 * @param operations the operations that the table was made from
 */
record RouteTable(List<Operation> operations, List<Route> all) {

    static RouteTable of(List<Operation> operations) {
        return new RouteTable(
                operations, operations.stream().map(JobStreams::route).toList());
    }

    /** A route, and the values of the inputs in its path. */
    record FoundRoute(Route route, Map<String, String> parts) {}

    /** Returns the route of a method whose path has the fewest inputs; null if no route of that method matches the path. */
    @Nullable
    FoundRoute find(String method, String path) {
        return matching(path).stream()
                .filter(found -> found.route().method().equals(method))
                .min(Comparator.comparingInt(found -> found.parts().size()))
                .orElse(null);
    }

    /** Returns the methods that a path supports; empty if the path does not exist. */
    Set<String> allowed(String path) {
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

    /** Suggests a path without inputs whose spelling is similar. */
    String hint(String path) {
        return Spelling.hint(
                path,
                all.stream()
                        .map(Route::path)
                        .filter(known -> known.indexOf('{') < 0)
                        .toList());
    }

    private List<FoundRoute> matching(String path) {
        String[] parts = path.split("/", -1);
        List<FoundRoute> found = new ArrayList<>();
        for (Route route : all) {
            Map<String, String> matched = route.match(parts);
            if (matched != null) {
                found.add(new FoundRoute(route, matched));
            }
        }
        return found;
    }
}
