// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.ValidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * User or program that makes a request. A job belongs to the caller if its submitter has the caller's name.
 *
 * @param name name of the user, symbolic name of the bundle, or name of the database role
 * @param behind caller that acts as this user, or bundle of the handler that acts for this job; null for none
 * @param scope scope of the caller's token; null without a token
 */
public record Caller(
        CallerKind kind,
        String name,
        @Nullable Caller behind,
        @Nullable TokenScope scope) {

    private static final int LONGEST = 600;

    /** Creates a caller without a token. */
    public Caller(CallerKind kind, String name, @Nullable Caller behind) {
        this(kind, name, behind, null);
    }

    /** Kind of caller. */
    public enum CallerKind {
        /** A bundle of this host. */
        BUNDLE,
        /** A named user, with the permissions of the user's roles. */
        USER,
        /** A database role that submits from SQL, with the permissions of its roles here. */
        SQL,
        /** A job, with its submitter's permissions. If a handler acts for the job, only with those that its bundle has too. */
        JOB,
        /** The operating system user of this shell, with all permissions. */
        ADMINISTRATOR
    }

    /** A bundle. */
    public static Caller bundle(String symbolicName) {
        return new Caller(CallerKind.BUNDLE, symbolicName, null);
    }

    /** Creates the local administrator with the user name of the operating system. Only for an interface that has authenticated it. */
    public static Caller administrator(String name) {
        return new Caller(CallerKind.ADMINISTRATOR, name, null);
    }

    /** Creates a user who has signed in with a name. Only for an interface that has authenticated the user. */
    public static Caller user(String name) {
        return new Caller(CallerKind.USER, name, null);
    }

    /** Returns the same caller with a token: its permissions are restricted to the token's scope. */
    public Caller by(TokenScope token) {
        return new Caller(kind, name, behind, token);
    }

    /**
     * Returns a user that this caller acts as. The scope of a token applies to both.
     *
     * @throws ValidationException if the user name is invalid; the message contains the rule for names
     */
    public Caller as(String name) {
        return new Caller(CallerKind.USER, UserNames.check(name), this, scope);
    }

    /**
     * Creates a database role. Only for a role that the database reports for a session.
     *
     * @throws ValidationException if the name is not valid for a caller; the message contains the rule for names
     */
    public static Caller sql(String role) {
        return new Caller(CallerKind.SQL, UserNames.check(role), null);
    }

    /** Creates a job that submits others. Only for the host itself. */
    public static Caller job(String submitter) {
        return new Caller(CallerKind.JOB, submitter, null);
    }

    /** Creates a job whose handler, in a bundle, submits others. Only for the host itself. */
    public static Caller job(String submitter, String symbolicName) {
        return new Caller(CallerKind.JOB, submitter, bundle(symbolicName));
    }

    /** Returns the callers that all need the permission for a request: this one and, for a job, the bundle whose handler acts for it. */
    public List<Caller> holders() {
        return actor() == null && behind != null ? List.of(this, behind) : List.of(this);
    }

    /** Returns the caller that acts as this user; null for none. It needs the permission to act as other users. */
    public @Nullable Caller actor() {
        return kind == CallerKind.JOB ? null : behind;
    }

    /** Returns whether a user name is valid for {@link #as}; false if the name is reserved for the host itself. */
    public static boolean isUserName(String name) {
        return UserNames.fault(name) == null;
    }

    /**
     * Returns whether the name is reserved for the host itself. Such a caller has no permissions. The local administrator is an exception:
     * its name comes from the operating system, where the name may be common. Histories distinguish the two.
     */
    public boolean isReserved() {
        return kind != CallerKind.ADMINISTRATOR && name.equals(HistoryEvent.HOST);
    }

    /** Returns whether the caller's token includes a permission; true without a token. The roles must also allow the action. */
    public boolean isInScope(Permission permission) {
        return scope == null || scope.permissions().contains(permission);
    }

    /**
     * Returns the name for the history of a job, with all callers in a chain of acting users, for example {@code ann, by administrator
     * root}; at most 600 characters.
     */
    public String inHistory() {
        String own = name.equals(HistoryEvent.HOST) ? toString() : name;
        String all = own + speakers();
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST - 1) + "…";
    }

    /** Returns the description with all callers in a chain of acting users, for example {@code user ann, by administrator root}. */
    public String inFull() {
        return this + speakers();
    }

    /** Splits the text from {@link #inFull}, for example into {@code user ann}, {@code user portal} and {@code token ci}. */
    public static List<String> speakers(String inFull) {
        return List.of(inFull.split(UserNames.BY));
    }

    /** Returns the caller that was authenticated: the last one in a chain of acting users, otherwise this caller. */
    public Caller speaker() {
        return behind == null ? this : behind.speaker();
    }

    private String speakers() {
        if (behind != null) {
            return UserNames.BY + behind.inFull();
        }
        return scope == null ? "" : UserNames.BY + "token " + scope.token();
    }

    /** Returns the description for messages, for example {@code user ann} or {@code bundle com.acme.reports}. */
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
