// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * Who asks. The jobs of a caller are those whose submitter has the caller's name.
 *
 * @param kind what kind of caller
 * @param name the user's name, or the bundle's symbolic name
 * @param behind who speaks for this user; null if nobody does
 */
public record Caller(Kind kind, String name, @Nullable Caller behind) {

    /** The kinds of callers. */
    public enum Kind {
        /** A bundle of this host. */
        BUNDLE,
        /** A named user: may do what the user's roles say. */
        USER,
        /** The user of the operating system whose shell this is: may do all. */
        ADMINISTRATOR
    }

    /**
     * A bundle.
     *
     * @param symbolicName its symbolic name
     * @return the caller
     */
    public static Caller bundle(String symbolicName) {
        return new Caller(Kind.BUNDLE, symbolicName, null);
    }

    /**
     * The local administrator. Only for a face that has itself made sure that it is.
     *
     * @param name the name in the operating system
     * @return the caller
     */
    public static Caller administrator(String name) {
        return new Caller(Kind.ADMINISTRATOR, name, null);
    }

    /**
     * A user that is logged in by name. Only for a face that has itself made sure of that.
     *
     * @param name the user's name
     * @return the caller
     */
    public static Caller user(String name) {
        return new Caller(Kind.USER, name, null);
    }

    /**
     * A user for whom this caller speaks.
     *
     * @param name the user's name
     * @return the user as caller
     */
    public Caller as(String name) {
        return new Caller(Kind.USER, name, this);
    }

    /**
     * With all who speak for each other.
     *
     * @return such as {@code user ann, by administrator root}
     */
    public String inFull() {
        return behind == null ? toString() : this + ", by " + behind.inFull();
    }

    /**
     * For messages.
     *
     * @return such as {@code user ann} or {@code bundle com.acme.reports}
     */
    @Override
    public String toString() {
        return switch (kind) {
            case BUNDLE -> "bundle " + name;
            case USER -> "user " + name;
            case ADMINISTRATOR -> "administrator " + name;
        };
    }
}
