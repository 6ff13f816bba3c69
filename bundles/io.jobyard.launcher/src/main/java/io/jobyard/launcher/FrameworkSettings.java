// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.HashMap;
import java.util.Map;

/** What the framework is told before it starts. */
final class FrameworkSettings {

    /** Aries JPA asks for contract 2.0 or 2.1, EclipseLink brings 2.2, which holds them. */
    private static final String JPA_CONTRACT = "osgi.contract;osgi.contract=JavaJPA;version:List<Version>=\"2.0,2.1\"";

    private FrameworkSettings() {}

    static Map<String, String> of(Program program, Instance instance) {
        Map<String, String> settings = new HashMap<>();
        settings.put("jobyard.home", program.home().toString());
        settings.put("jobyard.version", program.version());
        settings.put("jobyard.instance", instance.directory().toString());

        settings.put("org.osgi.framework.storage", data(instance, "cache"));
        settings.put("org.osgi.framework.storage.clean", "onFirstInit");
        settings.put("org.osgi.framework.startlevel.beginning", "30");
        settings.put("org.osgi.framework.system.capabilities.extra", JPA_CONTRACT);
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.log.level", "1");

        // Outside the cache, which is emptied at each start.
        settings.put("felix.cm.dir", data(instance, "config"));
        settings.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                instance.etc().resolve("logback.xml").toString());
        // The shell is reached through the admin socket only: no console of its own, no profile that needs one.
        settings.put("gosh.args", "--nointeractive --noshutdown");
        settings.put("gosh.home", program.home().resolve("lib/gosh").toString());
        fileInstall(settings, instance);
        return settings;
    }

    /** Libraries that know nothing of the framework read these from the system. */
    static void applySystemProperties(Instance instance) {
        System.setProperty("jobyard.instance", instance.directory().toString());
        System.setProperty("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        System.setProperty("org.jline.terminal.dumb", "true");
    }

    private static void fileInstall(Map<String, String> settings, Instance instance) {
        settings.put("felix.fileinstall.dir", instance.etc() + "," + instance.deploy());
        settings.put("felix.fileinstall.filter", ".*\\.(cfg|jar)");
        settings.put("felix.fileinstall.tmpdir", data(instance, "tmp"));
        settings.put("felix.fileinstall.poll", "500");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.start.level", "25");
        settings.put("felix.fileinstall.bundles.new.start", "true");
        settings.put("felix.fileinstall.bundles.startTransient", "true");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.subdir.mode", "skip");
        settings.put("felix.fileinstall.log.level", "2");
    }

    private static String data(Instance instance, String child) {
        return instance.data().resolve(child).toString();
    }
}
