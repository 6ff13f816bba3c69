// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.text.Glob;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Job types that a caller may submit.
 *
 * @param globs patterns of types that are not privileged, and full names of privileged types
 * @param privileged whether all privileged types are included
 */
record TypeGrant(List<Glob> globs, boolean privileged) {

    static final TypeGrant NONE = new TypeGrant(List.of(), false);
    /** Every type that is not privileged. */
    static final TypeGrant USUAL = new TypeGrant(List.of(new Glob("*")), false);

    static final TypeGrant EVERY = new TypeGrant(List.of(new Glob("*")), true);

    TypeGrant {
        globs = List.copyOf(globs);
    }

    static TypeGrant parse(String text) {
        return new TypeGrant(Glob.list(text), false);
    }

    boolean allows(String type, boolean isPrivileged) {
        return isPrivileged
                ? privileged || globs.stream().anyMatch(glob -> glob.text().equals(type))
                : Glob.anyMatches(globs, type);
    }

    TypeGrant or(TypeGrant other) {
        return new TypeGrant(
                Stream.concat(globs.stream(), other.globs.stream()).distinct().toList(),
                privileged || other.privileged);
    }

    @Override
    public String toString() {
        return globs.stream().map(Glob::text).collect(Collectors.joining(", "));
    }
}
