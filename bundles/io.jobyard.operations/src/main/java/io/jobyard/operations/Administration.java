// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationBuilder;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.UserStatus;
import io.jobyard.views.api.CallerView;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.SessionView;
import io.jobyard.views.api.TokenView;
import io.jobyard.views.api.UserView;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Operations on users, tokens, sessions and the audit. */
@Component(service = Administration.class)
public final class Administration {

    private static final String NEVER = "never";
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final String HAS_PASSWORD =
            "its body has a password, of which nothing is kept; leave the header out, and sign in to see whether it took effect";

    private static final Input PASSWORD =
            Input.text("password", "password, 12 to 200 characters").mandatory();

    private final Access access;
    private final AuditTrail audit;
    private final SignIn signIn;
    private final Identities identities;

    @Activate
    public Administration(
            @Reference Access access,
            @Reference AuditTrail audit,
            @Reference SignIn signIn,
            @Reference Identities identities) {
        this.access = access;
        this.audit = audit;
        this.signIn = signIn;
        this.identities = identities;
    }

    List<Operation> all() {
        return Stream.of(new AuditOperations(access, audit).all(), own(), users(), tokens(), sessions())
                .flatMap(List::stream)
                .toList();
    }

    private List<Operation> own() {
        return List.of(
                Operation.get("/me", "getMe")
                        .says("Show the caller and its permissions.")
                        .answers(200, CallerView.CALLER)
                        .by(this::caller),
                Operation.post("/me/password", "changeMyPassword")
                        .says("Change the caller's password. All sessions of the caller end; tokens stay valid.")
                        .takes(
                                Input.text("password", "the current password").mandatory(),
                                Input.text("next", "the new password, 12 to 200 characters")
                                        .mandatory())
                        .notOnce(HAS_PASSWORD)
                        .answers(200, CallerView.CALLER)
                        .by(this::changePassword));
    }

    private OperationResult caller(OperationCall call) {
        return OperationResult.of(
                CallerView.CALLER,
                CallerView.KnownCaller.of(call.caller(), access, call.origin().session()));
    }

    private OperationResult changePassword(OperationCall call) {
        char[] old = call.inputs().needed("password").toCharArray();
        char[] next = call.inputs().needed("next").toCharArray();
        signIn.changePassword(call.caller(), old, next, call.origin().address());
        return caller(call);
    }

    private List<Operation> users() {
        return List.of(
                Operation.get("/users", "listUsers")
                        .says("List the users who may sign in, and their roles.")
                        .needs(AccessRule.USERS)
                        .answers(200, UserView.USERS)
                        .by(call -> OperationResult.of(UserView.USERS, identities.users(call.caller()))),
                Operation.post("/users", "addUser")
                        .says(
                                "Add a user who may sign in. Roles with the member user:NAME determine the user's permissions.")
                        .needs(AccessRule.USERS)
                        .notOnce(HAS_PASSWORD)
                        .takes(Input.text("name", "name of the user").mandatory(), PASSWORD)
                        .answers(201, UserView.USER)
                        .by(call -> withPassword(
                                        call,
                                        password -> identities.addUser(
                                                call.caller(), call.inputs().needed("name"), password))
                                .created("/users")),
                user("password", "setPassword", "Give a user another password. The user's sessions end.")
                        .takes(PASSWORD)
                        .notOnce(HAS_PASSWORD)
                        .by(call -> withPassword(
                                call,
                                password -> identities.setPassword(
                                        call.caller(), call.inputs().needed("name"), password))),
                user(
                                "disable",
                                "disableUser",
                                "Disable a user: the user's sessions end, and the host refuses the user's tokens.")
                        .by(call -> OperationResult.of(
                                UserView.USER,
                                identities.disable(call.caller(), call.inputs().needed("name")))),
                user("enable", "enableUser", "Enable a user; tokens that have not expired are valid again.")
                        .by(call -> OperationResult.of(
                                UserView.USER,
                                identities.enable(call.caller(), call.inputs().needed("name")))));
    }

    private static OperationBuilder user(String verb, String name, String summary) {
        return Operation.post("/users/{name}/" + verb, name)
                .says(summary)
                .needs(AccessRule.USERS)
                .answers(200, UserView.USER);
    }

    private static OperationResult withPassword(OperationCall call, Function<char[], UserStatus> change) {
        char[] password = call.inputs().needed("password").toCharArray();
        try {
            return OperationResult.of(UserView.USER, change.apply(password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private List<Operation> tokens() {
        return List.of(
                Operation.get("/tokens", "listTokens")
                        .says("List tokens, including expired tokens. Secrets are not shown.")
                        .needs(AccessRule.SIGN_INS)
                        .takes(Input.text(
                                "user",
                                "only tokens that act as this user; default: all users that the caller may see"))
                        .answers(200, TokenView.TOKENS)
                        .by(call -> OperationResult.of(
                                TokenView.TOKENS,
                                identities.tokens(call.caller(), call.inputs().text("user")))),
                tokenCreation(),
                Operation.delete("/tokens/{user}/{name}", "revokeToken")
                        .says("Revoke a token: the host refuses it from now on.")
                        .needs(AccessRule.SIGN_INS)
                        .answers(200, TokenView.REVOKED)
                        .by(call -> {
                            String user = call.inputs().needed("user");
                            String name = call.inputs().needed("name");
                            identities.revokeToken(call.caller(), user, name);
                            return OperationResult.of(TokenView.REVOKED, new TokenView.Revoked(user, name));
                        }));
    }

    private Operation tokenCreation() {
        return Operation.post("/tokens", "createToken")
                .says("Create a token. The host shows the secret only in this answer.")
                .needs(AccessRule.SIGN_INS)
                .takes(
                        Input.text(
                                        "name",
                                        "name of the token, of the characters A-Z a-z 0-9 . _ -; the audit and histories show it")
                                .mandatory(),
                        Input.text("user", "user that the token acts as; default: the caller"),
                        Input.of(
                                "permissions",
                                InputType.TEXTS,
                                "permissions of the token, for example submit and view; default: all permissions of the user"),
                        Input.text("expires", "time until the token expires, for example 30d, or never")
                                .byDefault("90d"))
                .notOnce("its answer has a secret, which is not kept; leave the header out, and revoke a token whose"
                        + " secret did not arrive")
                .answers(201, TokenView.NEW_TOKEN)
                .by(this::createToken);
    }

    private OperationResult createToken(OperationCall call) {
        Inputs inputs = call.inputs();
        return OperationResult.of(
                        TokenView.NEW_TOKEN,
                        identities.createToken(
                                call.caller(),
                                owner(call.caller(), inputs.text("user")),
                                inputs.needed("name"),
                                inputs.has("permissions") ? permissions(inputs.texts("permissions")) : null,
                                lifetime(inputs.text("expires"))))
                .created("/tokens");
    }

    private static String owner(Caller caller, @Nullable String user) {
        if (user == null && caller.kind() != Caller.CallerKind.USER) {
            throw new ValidationException(
                    "user", "missing user: a token acts as a user, and " + caller + " is not a user; give user");
        }
        return user == null ? caller.name() : user;
    }

    private static Set<Permission> permissions(List<String> texts) {
        try {
            return texts.isEmpty() ? Set.of() : Permission.parse(String.join(",", texts));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "permissions", "invalid permissions = '" + String.join(",", texts) + "'; " + e.getMessage());
        }
    }

    private static @Nullable Duration lifetime(@Nullable String expires) {
        if (expires == null) {
            return LIFETIME;
        }
        return expires.equals(NEVER) ? null : Inputs.in("expires", () -> Durations.parse("expires", expires));
    }

    private List<Operation> sessions() {
        return List.of(
                Operation.get("/sessions", "listSessions")
                        .says("List open sessions: the caller's, or all with the permission admin.")
                        .needs(AccessRule.SIGN_INS)
                        .answers(200, SessionView.SESSIONS)
                        .by(call -> OperationResult.of(SessionView.SESSIONS, identities.sessions(call.caller()))),
                Operation.delete("/sessions/{id}", "revokeSession")
                        .says("End a session.")
                        .needs(AccessRule.SIGN_INS)
                        .takes(Input.text("id", "ID of the session, as listed").mandatory())
                        .answers(200, SessionView.SESSION)
                        .by(call -> OperationResult.of(
                                SessionView.SESSION,
                                identities.revokeSession(
                                        call.caller(), call.inputs().needed("id")))));
    }
}
