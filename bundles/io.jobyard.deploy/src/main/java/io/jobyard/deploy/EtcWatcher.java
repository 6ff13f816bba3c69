// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.FailureLog;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the files in {@code etc/}. All are read once this component is active, before the configured bundles start,
 * because this bundle's start level is lower.
 */
@Component(service = Examiner.class, immediate = true)
public final class EtcWatcher implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(EtcWatcher.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final EtcFiles files;
    private final FileConfigurations configurations;
    private final FailureLog failures = new FailureLog("Cannot read etc/; the previous settings stay in force");
    private final LoopThread loop = new LoopThread("jobyard-etc-1", "etc/ is not watched", this::look);
    /** The content applied last. Confined to the thread that scans. */
    private Map<String, EtcFiles.SettledContent> taken = Map.of();

    private volatile List<String> restless = List.of();

    @Activate
    public EtcWatcher(@Reference Instance instance, @Reference ConfigurationAdmin admin) {
        NamedInstance.require(instance, "etc/");
        files = new EtcFiles(instance.etc());
        configurations = new FileConfigurations(admin, instance.directory());
        attempt(() -> {
            configurations.begin();
            configurations.take(WantedConfiguration.of(files.first()));
            LastGood.forgetAllBut(instance, configurations.pids());
        });
        loop.start(EVERY);
    }

    @Deactivate
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("The thread that reads etc/ did not stop");
        }
    }

    private Duration look() {
        attempt(this::scan);
        return EVERY;
    }

    /** Applies files together if they arrive together, so that those with permissions come first. */
    private void scan() throws IOException {
        Map<String, EtcFiles.SettledContent> now = files.scan();
        if (!files.areSettling() && (!now.equals(taken) || !configurations.areTaken())) {
            configurations.take(WantedConfiguration.of(now));
            taken = now;
        }
        restless = files.restless();
    }

    private interface EtcAttempt {
        void run() throws IOException;
    }

    private void attempt(EtcAttempt attempt) {
        try {
            attempt.run();
            failures.worked();
        } catch (IOException | RuntimeException e) {
            failures.failed(e);
        }
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(configurations.examine());
        failures.current()
                .ifPresent(trouble -> findings.add(new Finding(
                        Finding.CONFIGURATION,
                        "cannot read etc/: " + trouble,
                        "check the directory; until then, the previous settings stay in force")));
        restless.forEach(file -> findings.add(new Finding(
                Finding.CONFIGURATION,
                "etc/" + file + " is not read: it keeps changing",
                "write it once, or write another file and rename it")));
        return findings;
    }
}
