// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.matrix.BundleCalls;
import io.jobyard.spi.access.AccessRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * Who may do what: each operation for 21 roles, on what is one's own and what is another's, by every interface. What is expected
 * comes from {@link AccessRule}, of which the page of permissions is made.
 */
@Category(Storm.class)
public class PermissionMatrixIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    private static final MatrixHost MATRIX = new MatrixHost(HOST);

    /** The ways to ask, and the interfaces of the calls that are made so. */
    private static final Map<String, Set<String>> WAYS = Map.of(
            "shell", Set.of("shell"),
            "token", Set.of("http", "direct"),
            "scoped token", Set.of("http", "direct"),
            "session", Set.of("http", "direct"),
            "Jobyard-As", Set.of("http", "speaker"),
            "mcp", Set.of("mcp"),
            "bundle", Set.of("bundle"));

    private static List<MatrixCall> calls;
    private static MatrixTargets targets;

    @BeforeClass
    public static void open() throws Exception {
        calls = MatrixCall.all();
        MATRIX.open();
        targets = new MatrixTargets(MATRIX.shell);
        for (String way : WAYS.keySet()) {
            cells(way).forEach(cell -> cell.call().filled().forEach(name -> cell.want(name)));
        }
        targets.make();
        MATRIX.close();
    }

    @AfterClass
    public static void close() {
        MATRIX.shell.close();
    }

    /** A cell of the matrix. */
    private record Cell(String way, MatrixCall call, MatrixRole role, boolean isOwn) {

        boolean isAllowed() {
            return call.isAllowed(role, isOwn);
        }

        /** By a scoped token the user who owns it asks. */
        String me() {
            return way.equals("scoped token") ? MatrixHost.BOSS : role.name();
        }

        String user() {
            return isOwn ? me() : MatrixHost.OTHER;
        }

        void want(String name) {
            if (List.of("n", "me", "user", "directory", "file").contains(name)) {
                return;
            } else if (isAllowed()) {
                targets.want(name, user());
            } else {
                targets.know(name, user());
            }
        }

        String value(String name) {
            return switch (name) {
                case "n" -> String.valueOf(targets.next());
                case "me" -> me();
                case "user" -> user();
                case "directory" ->
                    HOST.instance().resolve("copy" + targets.next()).toString();
                case "file" ->
                    HOST.instance().resolve("etc/io.jobyard.access.cfg").toString();
                default -> targets.take(name, user(), isAllowed());
            };
        }
    }

    private static List<Cell> cells(String way) {
        List<Cell> cells = new ArrayList<>();
        for (MatrixCall call : calls) {
            if (WAYS.getOrDefault(way, Set.of()).contains(call.by())) {
                for (MatrixRole role : MatrixRole.ALL) {
                    if (way.equals("scoped token") && role.permissions().isEmpty()) {
                        continue; // no token is good for nothing
                    }
                    cells.add(new Cell(way, call, role, true));
                    if (call.isOfSomebody()) {
                        cells.add(new Cell(way, call, role, false));
                    }
                }
            }
        }
        return cells;
    }

    private static void proves(String way, BiFunction<MatrixRole, String, MatrixAnswer> face) {
        List<String> differences = new ArrayList<>();
        List<Cell> cells = cells(way);
        for (Cell cell : cells) {
            MatrixAnswer answer = face.apply(cell.role(), cell.call().with(cell::value));
            String difference = answer.difference(cell.call(), cell.isAllowed(), cell.user());
            if (difference != null) {
                differences.add(cell.call() + " with [" + cell.role().permissions() + "], "
                        + (cell.isOwn() ? "own: " : "others': ") + difference);
            }
        }
        assertThat(cells).isNotEmpty();
        assertThat(differences).as(way + ", of " + cells.size() + " cells").isEmpty();
    }

    @Test
    public void byTheShell() {
        proves("shell", MATRIX::byShell);
    }

    @Test
    public void byATokenOfHttp() {
        proves("token", MATRIX::byToken);
    }

    @Test
    public void byAScopedToken() {
        proves("scoped token", MATRIX::byScopedToken);
    }

    @Test
    public void byAProgramThatSpeaksForAUser() {
        proves("Jobyard-As", MATRIX::byProxy);
    }

    @Test
    public void byASession() {
        proves("session", MATRIX::bySession);
    }

    @Test
    public void byAnAgent() {
        proves("mcp", MATRIX::byMcp);
    }

    @Test
    public void byABundle() {
        proves("bundle", MATRIX::byBundle);
    }

    @Test
    public void onlyWhoeverMayImpersonateSpeaksForAnother() {
        for (MatrixRole role : MatrixRole.ALL) {
            assertThat(MATRIX.asOther(role).kind())
                    .as(role.permissions())
                    .isEqualTo(
                            role.may(AccessRule.IMPERSONATE, false)
                                    ? MatrixAnswer.Kind.DONE
                                    : MatrixAnswer.Kind.REFUSED);
        }
    }

    @Test
    public void thereAre21RolesAndEachOperationHasACall() {
        assertThat(MatrixRole.ALL).hasSize(21);
        assertThat(calls.stream()
                        .flatMap(call -> call.operations().stream().flatMap(List::stream))
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(AccessRule.class));
    }

    @Test
    public void eachRouteHasACall() throws Exception {
        List<String> missing = new ArrayList<>();
        MATRIX.known("/openapi.json")
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    String route = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                    Pattern asked = Pattern.compile(route.replaceAll("\\{[^}]+}", "[^/?]+") + "([? ].*)?");
                    if (calls.stream()
                            .noneMatch(call -> asked.matcher(call.call()).matches())) {
                        missing.add(route);
                    }
                }));
        assertThat(missing).isEmpty();
    }

    @Test
    public void eachCommandAndToolAndMethodOfAServiceHasACall() {
        List<String> missing = new ArrayList<>();
        MATRIX.shell.answer("job:help").get("commands").forEach(command -> {
            String name = command.get("name").asText();
            if (calls.stream().noneMatch(call -> (call.call() + " ").startsWith(name + " "))) {
                missing.add(name);
            }
        });
        assertThat(missing).containsExactly("job:help"); // for everybody
        assertThat(BundleCalls.unasked()).isEmpty();
    }
}
