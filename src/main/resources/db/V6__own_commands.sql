-- The verbs that one printer accepts over MQTT: words with commas, null for those of the configuration.
ALTER TABLE printer ADD COLUMN mqtt_commands TEXT;
