// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings of the doctor about types without a handler. */
final class UnservedTypeFindings {

    private UnservedTypeFindings() {}

    /** Returns the findings, without types for which another host has a handler. */
    static List<Finding> findings(List<HandlerStatus> handlers, Set<String> elsewhere) {
        Map<String, List<HandlerStatus>> byType = handlers.stream()
                .filter(handler -> handler.queued() > 0 && !elsewhere.contains(handler.type()))
                .collect(Collectors.groupingBy(HandlerStatus::type, TreeMap::new, Collectors.toList()));
        return byType.values().stream()
                .map(UnservedTypeFindings::finding)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Finding finding(List<HandlerStatus> ofType) {
        String type = ofType.get(0).type();
        long queued = ofType.get(0).queued();
        String wait = (queued == 1 ? "1 job waits" : queued + " jobs wait") + " for a handler of type " + type;
        if (ofType.stream().allMatch(handler -> handler.state().equals(HandlerOverview.MISSING))) {
            String fix = "copy its bundle into deploy/, or cancel the jobs";
            return new Finding(Finding.HANDLER, wait + ", and none is available", fix);
        } else if (ofType.stream().allMatch(handler -> handler.state().equals(HandlerOverview.EXCLUDED))) {
            String versions = ofType.stream().map(HandlerStatus::version).collect(Collectors.joining(", "));
            return new Finding(
                    Finding.HANDLER,
                    wait + ", and " + versions + " is outside the range of io.jobyard.types-" + type,
                    "deploy a bundle with a version in the range into deploy/, or change the range");
        }
        return null;
    }
}
