// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.ValidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. The jobs of a caller are those whose submitter has the caller's name.
 *
 * @param name the user's name, the bundle's symbolic name, or that of the role of the database
 * @param behind who speaks for this user; null if nobody does
 * @param scope what the token is good for that the caller has shown; null if it showed none
 */
public record Caller(
        CallerKind kind,
        String name,
        @Nullable Caller behind,
        @Nullable TokenScope scope) {

    private static final int LONGEST = 600;

    /**
     * A caller that has shown no token.
     *
     * @param name the user's name, the bundle's symbolic name, or that of the role of the database
     * @param behind who speaks for this user; null if nobody does
     */
    public Caller(CallerKind kind, String name, @Nullable Caller behind) {
        this(kind, name, behind, null);
    }

    /** The kinds of callers. */
    public enum CallerKind {
        /** A bundle of this host. */
        BUNDLE,
        /** A named user: may do what the user's roles say. */
        USER,
        /** A role of the database, which submits from SQL: may do what its roles here say. */
        SQL,
        /** A job, for its submitter: may submit what its submitter may. */
        JOB,
        /** The user of the operating system whose shell this is: may do all. */
        ADMINISTRATOR
    }

    /** A bundle. */
    public static Caller bundle(String symbolicName) {
        return new Caller(CallerKind.BUNDLE, symbolicName, null);
    }

    /**
     * The local administrator. Only for a face that has itself made sure that it is.
     *
     * @param name the name in the operating system
     */
    public static Caller administrator(String name) {
        return new Caller(CallerKind.ADMINISTRATOR, name, null);
    }

    /** A user that is logged in by name. Only for a face that has itself made sure of that. */
    public static Caller user(String name) {
        return new Caller(CallerKind.USER, name, null);
    }

    /** The same caller by a token: may do what it may do otherwise and the token is good for. */
    public Caller by(TokenScope token) {
        return new Caller(kind, name, behind, token);
    }

    /**
     * A user for whom this caller speaks. What a token is good for goes for both.
     *
     * @throws ValidationException if that cannot be a user's name: says which can
     */
    public Caller as(String name) {
        return new Caller(CallerKind.USER, UserNames.check(name), this, scope);
    }

    /**
     * A role of the database. Only for what the database itself says of a session.
     *
     * @param role the role's name
     * @throws ValidationException if that cannot be a caller's name: says which can
     */
    public static Caller sql(String role) {
        return new Caller(CallerKind.SQL, UserNames.check(role), null);
    }

    /**
     * A job that submits others. Only for the host itself.
     *
     * @param submitter the name of the job's submitter
     */
    public static Caller job(String submitter) {
        return new Caller(CallerKind.JOB, submitter, null);
    }

    /**
     * Whether that can be a user's name, as {@link #as} takes it.
     *
     * @return false also if the name is kept for the host itself
     */
    public static boolean isUserName(String name) {
        return UserNames.fault(name) == null;
    }

    /**
     * Whether the name is kept for the host itself, which nobody else may pass for. The local administrator's is the name of
     * a user of the operating system, where such a name is usual: histories tell the two apart.
     *
     * @return true if this caller may do nothing
     */
    public boolean isReserved() {
        return kind != CallerKind.ADMINISTRATOR && name.equals(HistoryEvent.HOST);
    }

    /**
     * Whether a permission is one of those that the token of this caller is good for.
     *
     * @return true also if there is no token; the roles have the other half of the answer
     */
    public boolean isInScope(Permission permission) {
        return scope == null || scope.permissions().contains(permission);
    }

    /**
     * As the history of a job names the caller: by the name, and with all who speak for each other.
     *
     * @return such as {@code ann}, or {@code ann, by administrator root}; at most 600 characters
     */
    public String inHistory() {
        String own = name.equals(HistoryEvent.HOST) ? toString() : name;
        String all = own + speakers();
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST - 1) + "…";
    }

    /**
     * With all who speak for each other.
     *
     * @return such as {@code user ann, by administrator root}
     */
    public String inFull() {
        return this + speakers();
    }

    /**
     * Takes apart what {@link #inFull} gave.
     *
     * @param inFull such as {@code user ann, by user portal, by token ci}
     * @return such as {@code user ann}, {@code user portal} and {@code token ci}
     */
    public static List<String> speakers(String inFull) {
        return List.of(inFull.split(UserNames.BY));
    }

    /**
     * Who has shown the credentials, and asks for itself or for others.
     *
     * @return the last of those who speak for each other; this caller if nobody speaks for it
     */
    public Caller speaker() {
        return behind == null ? this : behind.speaker();
    }

    private String speakers() {
        if (behind != null) {
            return UserNames.BY + behind.inFull();
        }
        return scope == null ? "" : UserNames.BY + "token " + scope.token();
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
            case SQL -> "role " + name + " of the database";
            case JOB -> "a job of " + name;
            case ADMINISTRATOR -> "administrator " + name;
        };
    }
}
