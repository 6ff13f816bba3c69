// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is in {@code examples/} of the program: it names what is there. */
public class ExamplesIT {

    private static final Path EXAMPLES = Program.HOME.resolve("examples");
    private static final Set<String> PROBES = Set.of("/livez", "/readyz");
    private static final Set<String> OF_UNITS = Set.of(
            "Description Documentation After Wants User Group StateDirectory StateDirectoryMode Environment ExecStart TimeoutStopSec"
                    .split(" "));
    private static final Set<String> OF_SERVICES = Set.of(
            ("SuccessExitStatus Restart RestartSec LimitNOFILE UMask NoNewPrivileges PrivateTmp ProtectSystem ProtectHome"
                            + " ProtectKernelTunables ProtectKernelModules Delegate RestrictSUIDSGID RestrictRealtime"
                            + " RestrictAddressFamilies WantedBy")
                    .split(" "));

    private static List<Object> yaml(String file) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(
                        yaml.loadAll(Files.readString(EXAMPLES.resolve(file))).spliterator(), false)
                .collect(Collectors.toList());
    }

    /** All maps and values that stand somewhere under this key. */
    private static List<Object> under(Object tree, String key) {
        List<Object> found = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name.equals(key)) {
                    found.add(value);
                }
                found.addAll(under(value, key));
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(each -> found.addAll(under(each, key)));
        }
        return found;
    }

    @Test
    public void kubernetesAsksTheProbesThatThereAre() throws Exception {
        List<Object> documents = yaml("kubernetes.yml");
        assertThat(documents)
                .extracting(each -> ((Map<?, ?>) each).get("kind").toString())
                .containsExactly("Service", "StatefulSet");
        assertThat(under(documents, "httpGet"))
                .hasSize(3)
                .allSatisfy(
                        probe -> assertThat(((Map<?, ?>) probe).get("scheme")).isEqualTo("HTTPS"))
                .extracting(probe -> ((Map<?, ?>) probe).get("path").toString())
                .allMatch(PROBES::contains);
        assertThat(((Map<?, ?>) under(documents, "livenessProbe").get(0))
                        .get("httpGet")
                        .toString())
                .contains("/livez");
        assertThat(under(documents, "replicas"))
                .as("the embedded database belongs to one process")
                .containsExactly(1);
    }

    @Test
    public void kubernetesMountsTheVolumesThatThereAre() throws Exception {
        List<Object> documents = yaml("kubernetes.yml");
        Set<String> volumes = new TreeSet<>(Set.of("instance")); // of the claim
        under(documents, "volumes").forEach(list -> ((List<?>) list).forEach(volume -> volumes.add(name(volume))));
        assertThat(under(documents, "volumeMounts"))
                .hasSize(2)
                .allSatisfy(list ->
                        assertThat((List<?>) list).extracting(ExamplesIT::name).isSubsetOf(volumes));
        assertThat(under(documents, "runAsNonRoot")).containsExactly(true);
    }

    private static String name(Object named) {
        return ((Map<?, ?>) named).get("name").toString();
    }

    @Test
    public void theUnitStartsTheProgram() throws Exception {
        List<String> lines = Files.readAllLines(EXAMPLES.resolve("jobyard.service")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(lines).filteredOn(line -> line.startsWith("[")).containsExactly("[Unit]", "[Service]", "[Install]");
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("["))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .allMatch(key -> OF_UNITS.contains(key) || OF_SERVICES.contains(key));
        assertThat(lines).contains("ExecStart=/opt/jobyard/bin/jobyard run", "UMask=0077");
        assertThat(Program.HOME.resolve("bin/jobyard")).isExecutable();
    }

    @Test
    public void systemdTakesTheUnit() throws Exception {
        Path checker = Path.of("/usr/bin/systemd-analyze");
        assumeTrue("systemd is not here", Files.isExecutable(checker));
        Path unit = Files.createTempDirectory(HostProcess.INSTANCES, "unit").resolve("jobyard.service");
        Files.writeString(
                unit,
                Files.readString(EXAMPLES.resolve("jobyard.service")).replace("/opt/jobyard", Program.HOME.toString()));
        Process process = new ProcessBuilder(checker.toString(), "verify", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    public void theContainerRunsTheProgramAsAUserOfItsOwn() throws Exception {
        List<String> lines = Files.readAllLines(EXAMPLES.resolve("Containerfile"));
        assertThat(lines).contains("ENTRYPOINT [\"/opt/jobyard/bin/jobyard\"]", "CMD [\"run\"]", "USER 10001");
        assertThat(lines)
                .filteredOn(line -> line.matches("[A-Z]+ .*"))
                .allMatch(line -> line.matches("(FROM|RUN|COPY|ENV|VOLUME|USER|EXPOSE|STOPSIGNAL|ENTRYPOINT|CMD) .*"));
    }

    @Test
    public void theAlertsAskForMetersThatThereAre() throws Exception {
        Set<String> meters = Pattern.compile("\\| `(jobyard\\.[a-z.]+)` \\|")
                .matcher(Files.readString(Path.of("../docs/reference/metrics.md")))
                .results()
                .map(found -> found.group(1).replace('.', '_'))
                .collect(Collectors.toSet());
        Set<String> asked = under(yaml("prometheus-alerts.yml"), "expr").stream()
                .flatMap(expression -> Pattern.compile("jobyard_[a-z_]+")
                        .matcher(expression.toString())
                        .results())
                .map(found -> found.group().replaceFirst("(_seconds)?(_sum|_count|_total)?$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).hasSizeGreaterThan(5).isSubsetOf(meters);
    }
}
