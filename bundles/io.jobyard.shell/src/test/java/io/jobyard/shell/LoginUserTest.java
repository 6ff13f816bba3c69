// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Caller;
import java.security.Principal;
import java.security.PrivilegedAction;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

class LoginUserTest {

    private record UserPrincipal(String getName) implements Principal {}

    private record RolePrincipal(String getName) implements Principal {}

    @SuppressWarnings("removal")
    private static Optional<Caller> as(Principal... principals) {
        Subject subject = new Subject(true, Set.of(principals), Set.of(), Set.of());
        return Subject.doAs(subject, (PrivilegedAction<Optional<Caller>>) LoginUser::user);
    }

    @Test
    void withoutALoginThereIsNobody() {
        assertThat(LoginUser.user()).isEmpty();
    }

    @Test
    void whoeverIsLoggedInIsAUserByName() {
        assertThat(as(new UserPrincipal("ann"), new RolePrincipal("viewer"))).contains(Caller.user("ann"));
    }

    @Test
    void theRoleAdminMakesAnAdministrator() {
        assertThat(as(new RolePrincipal("viewer"), new RolePrincipal("admin"), new UserPrincipal("karaf")))
                .contains(Caller.administrator("karaf"));
    }

    @Test
    void aLoginThatNamesNoUserMayDoNothing() {
        assertThat(as()).contains(Caller.user("nobody"));
        assertThat(as(new UserPrincipal("admin"))).contains(Caller.user("admin"));
    }

    @Test
    @SuppressWarnings("removal")
    void aThreadThatACommandBeginsKeepsItsUser() {
        Subject subject = new Subject(true, Set.of(new UserPrincipal("ann")), Set.of(), Set.of());
        CompletableFuture<Optional<Caller>> told = new CompletableFuture<>();
        Subject.doAs(subject, (PrivilegedAction<Void>) () -> {
            new Thread(() -> told.complete(LoginUser.user())).start();
            return null;
        });
        assertThat(told.join()).contains(Caller.user("ann"));
    }
}
