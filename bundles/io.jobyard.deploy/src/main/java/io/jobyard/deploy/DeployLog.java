// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.DeployedFile;
import io.jobyard.deploy.SettledFiles.Version;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the outcome of each file once. For one thread. */
final class DeployLog {

    private record ToldLine(String line, @Nullable Version version) {}

    private static final Logger LOG = LoggerFactory.getLogger("io.jobyard.deploy");

    private final Map<String, ToldLine> told = new TreeMap<>();

    void tell(WatchedJar jar) {
        DeployedFile file = jar.status();
        ToldLine now = new ToldLine(file.line(), jar.version());
        if (file.state() == DeployedFile.State.WAITING || now.equals(told.put(file.name(), now))) {
            return;
        }
        if (file.state() == DeployedFile.State.REFUSED) {
            LOG.warn("{}. Fix: {}", now.line(), file.fix());
        } else {
            LOG.info("{}{}", now.line(), jar.replaced().isEmpty() ? "" : "; " + jar.replaced() + " was removed");
        }
    }

    void gone(DeployedFile file) {
        told.remove(file.name());
        LOG.info(goneLine(file));
    }

    static String goneLine(DeployedFile file) {
        String line = "deploy/" + file.name();
        if (file.bundle() == null) {
            return line + (file.servesOn() == null ? "" : ": " + file.servesOn()) + " was removed";
        }
        return line + ": " + file.bundle() + " was removed"
                + (file.servesOn() == null ? "" : ", and so was " + file.servesOn());
    }
}
