// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.access.Caller;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * User who is logged in at a console with JAAS logins, for example Karaf's. The names of the principals' classes are
 * from Karaf's login modules.
 */
final class LoginUser {

    private static final String USER = "UserPrincipal";
    private static final String ROLE = "RolePrincipal";
    private static final String ADMINISTRATOR = "admin";
    /** The user of a session without a name. A role can list this user. */
    static final Caller NOBODY = Caller.user("nobody");

    private LoginUser() {}

    /**
     * Returns the user of the current thread's command, an administrator with the role {@code admin}; empty without
     * logins.
     */
    static Optional<Caller> user() {
        return Optional.ofNullable(subject()).map(subject -> caller(subject.getPrincipals()));
    }

    private static Caller caller(Collection<Principal> principals) {
        String name = names(principals, USER).stream().findFirst().orElse(NOBODY.name());
        return names(principals, ROLE).contains(ADMINISTRATOR) ? Caller.administrator(name) : Caller.user(name);
    }

    private static List<String> names(Collection<Principal> principals, String kind) {
        return principals.stream()
                .filter(principal -> principal.getClass().getSimpleName().equals(kind))
                .map(Principal::getName)
                .toList();
    }

    /** Calls the method of Java 18 and later, or the older method, which later versions refuse. */
    private static @Nullable Subject subject() {
        try {
            for (Method method : Subject.class.getMethods()) {
                if (method.getName().equals("current")) {
                    return (Subject) method.invoke(null);
                }
            }
            Class<?> controller = Class.forName("java.security.AccessController");
            Object context = controller.getMethod("getContext").invoke(null);
            Class<?> type = Class.forName("java.security.AccessControlContext");
            return (Subject) Subject.class.getMethod("getSubject", type).invoke(null, context);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new IllegalStateException("cannot determine the current operating system user: " + cause, e);
        }
    }
}
