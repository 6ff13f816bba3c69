// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.text.ShownTime;

/** Explanations why no handler of this host serves the jobs of a lane. */
final class MissingHandlerText {

    private final Handlers handlers;
    private final TypeRegistry types;
    private final UnservedSince withoutHandler;

    MissingHandlerText(Handlers handlers, TypeRegistry types, UnservedSince withoutHandler) {
        this.handlers = handlers;
        this.types = types;
        this.withoutHandler = withoutHandler;
    }

    String detail(LaneKey lane) {
        if (!handlers.has(lane.type())) {
            return "none for " + lane.type() + " since " + ShownTime.of(withoutHandler.since(lane.type()))
                    + handlers.leaving(lane.type());
        }
        TypeSettings ofType = types.settings(lane.type());
        String pinned = ofType == null || ofType.versions() == null
                ? ""
                : ofType.versions() + ", as configured in " + TypeSettings.FACTORY + "-" + lane.type();
        if (ofType != null && ofType.fault() != null) {
            return "none may run " + lane.type() + ": " + ofType.fault();
        } else if (lane.handlerVersion() == null && handlers.isCanaryAlone(lane.type())) {
            return "none for " + lane.type() + " except the canary's version, as configured in " + TypeSettings.FACTORY
                    + "-" + lane.type() + ": deploy another version, or remove canary";
        } else if (lane.handlerVersion() == null) {
            return "none for " + lane.type() + " in " + pinned;
        }
        return "none for " + lane.type() + " in " + lane.handlerVersion()
                + (pinned.isEmpty() ? "" : " and in " + pinned);
    }
}
