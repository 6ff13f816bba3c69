// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.spi.text.VisibleText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "status", description = "Show whether the host is running; exits with 1 if it is not.")
final class StatusCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InstanceDirectory instance = main.instance();
        Optional<HostLock.RunningHost> host = HostLock.holder(instance);
        String state = host.isEmpty() ? "stopped" : new Readiness(instance).now() ? "running" : "unready";
        System.out.println(VisibleText.line(json ? json(state, instance, host) : text(state, instance, host)));
        return host.isPresent() ? 0 : 1;
    }

    private static String text(String state, InstanceDirectory instance, Optional<HostLock.RunningHost> host) {
        return state
                + host.map(it -> ", process " + it.pid() + ", since " + it.since())
                        .orElse("") + ", instance " + instance.directory();
    }

    private static String json(String state, InstanceDirectory instance, Optional<HostLock.RunningHost> host)
            throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", state);
        json.put("pid", host.map(HostLock.RunningHost::pid).orElse(null));
        json.put("instance", instance.directory().toString());
        json.put("since", host.map(it -> it.since().toString()).orElse(null));
        return new ObjectMapper().writeValueAsString(json);
    }
}
