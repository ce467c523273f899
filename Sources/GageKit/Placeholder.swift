// GageKit
