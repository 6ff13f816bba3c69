// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.desk.Desk;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Who signs in by a link, a password or a token is known, also after a kill, until that is taken away. */
public class SignInIT {

    private static final String PASSWORD = "four words and more";
    private static final String NEXT = "other words and more";
    private static final String BEHIND = "/behind-the-guard";

    @Rule
    public final HostProcess host = new HostProcess();

    private final HttpClient client = HttpClient.newHttpClient();

    @Before
    public void start() throws Exception {
        host.configure("io.jobyard.http", "port = " + FreePort.next());
        host.run();
    }

    @Test
    public void whoeverIsSignedInIsKnownUntilThatIsTakenAway() throws Exception {
        HostProcess.Outcome console = host.jobyard("console", "--no-browser");
        assertThat(console.exit()).as(console.err()).isZero();
        URI link = URI.create(console.out().strip());
        URI root = link.resolve("/");
        HttpResponse<String> entered = send(HttpRequest.newBuilder(link));
        assertThat(entered.statusCode()).isEqualTo(303);
        assertThat(send(HttpRequest.newBuilder(link)).statusCode())
                .as("once more")
                .isEqualTo(401);
        String administrator = cookie(entered);

        addUser();
        String ann = signIn(root, PASSWORD);
        String token = host.json("job:token create ci --user ann").get("secret").asText();
        URI behind = root.resolve(BEHIND);
        assertThat(send(HttpRequest.newBuilder(behind)).statusCode()).isEqualTo(401);
        assertThat(isKnown(behind, "Cookie", administrator)).isTrue();
        assertThat(isKnown(behind, "Cookie", ann)).isTrue();
        assertThat(isKnown(behind, "Authorization", "Bearer " + token)).isTrue();
        assertThat(host.json("job:session list").get("sessions"))
                .extracting(session -> session.get("who").asText())
                .containsExactlyInAnyOrder("administrator " + System.getProperty("user.name"), "user ann");

        aServletActsWithTheRightsOfTheTokenOfARequest(root.resolve("/desk"), token);

        host.kill();
        host.run();
        assertThat(isKnown(behind, "Cookie", administrator)).as("after a kill").isTrue();
        assertThat(isKnown(behind, "Cookie", ann)).isTrue();
        assertThat(isKnown(behind, "Authorization", "Bearer " + token)).isTrue();
        HttpResponse<String> options = send(HttpRequest.newBuilder(root.resolve("/api/v1/me/password"))
                .header("Authorization", "Bearer " + token)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
        HttpResponse<String> changed = send(json(
                        root.resolve("/api/v1/me/password"),
                        "{\"password\": \"" + PASSWORD + "\", \"next\": \"" + NEXT + "\"}")
                .header("Cookie", ann)
                .header("Sec-Fetch-Site", "same-origin"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(isKnown(behind, "Cookie", ann)).as("with another password").isFalse();
        ann = signIn(root, NEXT);
        assertThat(isKnown(behind, "Cookie", ann)).isTrue();
        host.json("job:token revoke ci --user ann");
        assertThat(isKnown(behind, "Authorization", "Bearer " + token)).isFalse();
        host.json("job:user disable ann");
        assertThat(isKnown(behind, "Cookie", ann)).isFalse();
        assertThat(isKnown(behind, "Cookie", administrator)).isTrue();
        String audit = host.json("job:audit").toString();
        assertThat(audit)
                .contains("sign-in", "user-add", "token-create", "token-revoke", "user-password", "user-disable");
        assertThat(audit + host.log()).doesNotContain(PASSWORD, NEXT, token, ann.substring(ann.indexOf('=') + 1));
    }

    private void aServletActsWithTheRightsOfTheTokenOfARequest(URI desk, String token) throws Exception {
        host.configure("io.jobyard.roles-ann", "members = user:ann", "permissions = submit, view");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("desk.jar"), Desk.class, "com.acme.desk", "1.0.0");
        await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> post(desk, token).statusCode() == 201);
        HttpResponse<String> submitted = post(desk, token);
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
        assertThat(host.json("job:show " + submitted.body()).get("submitter").asText())
                .isEqualTo("ann");

        String viewer = host.json("job:token create viewer --user ann --permissions view")
                .get("secret")
                .asText();
        int jobs = host.json("job:list --submitter ann").get("jobs").size();
        HttpResponse<String> refused = post(desk, viewer);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"access\"", "submit");
        assertThat(host.json("job:list --submitter ann").get("jobs")).hasSize(jobs);

        HttpResponse<String> wrong = send(HttpRequest.newBuilder(desk).header("Authorization", "Bearer " + viewer));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
        assertThat(wrong.body()).contains("\"code\":\"method_not_allowed\"");
    }

    private HttpResponse<String> post(URI uri, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String signIn(URI root, String password) throws IOException, InterruptedException {
        return cookie(send(json(root.resolve("/sign-in"), "{\"user\": \"ann\", \"password\": \"" + password + "\"}")));
    }

    private static HttpRequest.Builder json(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private void addUser() throws IOException, InterruptedException {
        Path typed = Files.writeString(host.instance().resolve("typed"), PASSWORD + "\n");
        HostProcess.Outcome added = HostProcess.run(new ProcessBuilder(
                        Program.HOME.resolve("bin/jobyard").toString(),
                        "--instance",
                        host.instance().toString(),
                        "user",
                        "add",
                        "ann")
                .redirectInput(typed.toFile()));
        assertThat(added.out()).as(added.err()).contains("no role has this member");
    }

    private boolean isKnown(URI uri, String header, String value) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).header(header, value)).statusCode() != 401;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new AssertionError(answer.body()))
                .split(";")[0];
    }
}
