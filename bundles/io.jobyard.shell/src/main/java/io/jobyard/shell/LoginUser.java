// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.Caller;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, as a console with logins (JAAS) says it, such as Karaf's. The names of the kinds of principals are those
 * that Karaf's login modules use.
 */
final class LoginUser {

    private static final String USER = "UserPrincipal";
    private static final String ROLE = "RolePrincipal";
    private static final String ADMINISTRATOR = "admin";
    /** Of a session without a name: a user who may do what a role for that name says. */
    static final Caller NOBODY = Caller.user("nobody");

    private LoginUser() {}

    /** Who runs this thread's command: with the role {@code admin} an administrator; empty if there are no logins here. */
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

    /** By the way that Java 18 brought, and before by the only one, which later ones refuse. */
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
            throw new IllegalStateException("who is logged in cannot be told: " + cause, e);
        }
    }
}
