// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the roles of the permission matrix, and the name of its only user and bundle.
 *
 * @param name the name
 * @param permissions as a configuration names them; empty for none
 */
record MatrixRole(String name, String permissions) {

    private static final List<String> OF_PEOPLE = List.of(
            "submit, view",
            "view, view:all",
            "view:all, payload",
            "submit, view, cancel, retry, signal",
            "view:all, cancel:all, retry:all, signal:all, operate",
            "view, admin",
            text(Arrays.stream(Permission.values())));

    /** No permission, each by itself, and some that go together. */
    static final List<MatrixRole> ALL = all();

    private static List<MatrixRole> all() {
        List<String> permissions = Stream.of(
                        Stream.of(""), Arrays.stream(Permission.values()).map(Permission::text), OF_PEOPLE.stream())
                .flatMap(each -> each)
                .toList();
        return IntStream.range(0, permissions.size())
                .mapToObj(number -> new MatrixRole("role" + number, permissions.get(number)))
                .toList();
    }

    private static String text(Stream<Permission> permissions) {
        return String.join(", ", permissions.map(Permission::text).toList());
    }

    Set<Permission> granted() {
        return permissions.isEmpty() ? Set.of() : Permission.parse(permissions);
    }

    boolean may(AccessRule operation, boolean isOwn) {
        return granted().contains(operation.needs(isOwn));
    }
}
