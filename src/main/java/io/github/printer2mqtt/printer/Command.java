package io.github.printer2mqtt.printer;

/** Something a user asks a printer to do. A command is sent once and never retried. */
public sealed interface Command {
    /** What the printer must be able to do for this command. */
    Capability capability();

    /** Holds the running print. */
    record Pause() implements Command {
        @Override
        public Capability capability() {
            return Capability.PAUSE;
        }
    }

    /** Goes on with a paused print. */
    record Resume() implements Command {
        @Override
        public Capability capability() {
            return Capability.RESUME;
        }
    }

    /** Ends the running print for good. */
    record Cancel() implements Command {
        @Override
        public Capability capability() {
            return Capability.CANCEL;
        }
    }
}
